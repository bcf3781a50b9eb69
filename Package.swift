// swift-tools-version: 6.2

import PackageDescription

/// One array of settings for every Swift target; each says why it is on.
let houseSettings: [SwiftSetting] = [
  // Data races are compile errors.
  .swiftLanguageMode(.v6),
  // Every unsafe call carries the word; of the modules, only Udev and SystemCalls may need it.
  .strictMemorySafety(),
  // Warnings are errors: one that is only printed is easily overlooked.
  .treatAllWarnings(as: .error),
  // Dynamic dispatch through a protocol is visible where it happens.
  .enableUpcomingFeature("ExistentialAny"),
  // A module's imports are its own: C types cannot leak out of Udev.
  .enableUpcomingFeature("InternalImportsByDefault"),
  // A member is found only in a module that the file itself imports.
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The same for C.
let warnings: [CSetting] = [.enableWarning("all"), .treatAllWarnings(as: .error)]

/// Modules of the program, lowest first: each imports only those above it.
let modules: [Target] = [
  // Calls of Linux that Swift's view of libc lacks.
  .target(name: "CSystemCalls", cSettings: warnings),
  // This machine: descriptors, errno, clock, signals, threads. Nothing of a host comes in here.
  // Not "System": swift-subprocess would take it for Apple's module of that name.
  .target(name: "SystemCalls", dependencies: ["CSystemCalls"], swiftSettings: houseSettings),
  // The C side of libudev. No thought of groups or drivers comes in here.
  .target(name: "CUdev", cSettings: warnings, linkerSettings: [.linkedLibrary("udev")]),
  // Owners of libudev's objects. No C type goes out.
  .target(name: "Udev", dependencies: ["CUdev", "SystemCalls"], swiftSettings: houseSettings),
  // What a host shows, as values. No import, no judgement, nothing derived.
  .target(name: "HostModel", swiftSettings: houseSettings),
  // Every read of a host. No judgement; nothing is opened for writing.
  .target(
    name: "HostReader", dependencies: ["HostModel", "SystemCalls", "Udev"],
    swiftSettings: houseSettings),
  // The kernel's rules. No input or output of any kind; libc stays out.
  .target(
    name: "OwnershipAnalysis",
    dependencies: [
      "HostModel", .product(name: "HashTreeCollections", package: "swift-collections"),
    ],
    // What the kernel does, section by section: the specification that the code cites.
    exclude: ["kernel-rules.md"], swiftSettings: houseSettings),
  // How an answer looks. No verdict is made here.
  .target(
    name: "Reporting", dependencies: ["HostModel", "OwnershipAnalysis"],
    swiftSettings: houseSettings),
  // Options and exit status. What a command finds out stands in the modules above.
  .target(
    name: "PreflightCommands",
    dependencies: [
      "HostModel", "HostReader", "OwnershipAnalysis", "Reporting", "SystemCalls", "Udev",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    swiftSettings: houseSettings),
  .executableTarget(
    name: "vfio-preflight", dependencies: ["PreflightCommands", "SystemCalls"],
    swiftSettings: houseSettings),
]

/// What the tests and the developers use, never shipped.
let workshop: [Target] = [
  .target(
    name: "TestSupport",
    dependencies: [
      "HostModel", "HostReader", "OwnershipAnalysis", "SystemCalls",
      .product(name: "Subprocess", package: "swift-subprocess"),
      // Not imported: a package that no target uses is a warning.
      .product(name: "SystemPackage", package: "swift-system"),
    ],
    path: "Tests/TestSupport", swiftSettings: houseSettings),
  // Writes Fixtures/: `swift run FixtureGenerator`.
  .executableTarget(
    name: "FixtureGenerator",
    dependencies: ["HostModel", "HostReader", "OwnershipAnalysis", "TestSupport"],
    path: "Tests/FixtureGenerator", swiftSettings: houseSettings),
  // Holds the shipped binary to its peers and its aims: `swift run -c release Benchmark`.
  .executableTarget(
    name: "Benchmark",
    dependencies: [
      "Floor", "HostModel", "HostReader", "Measure", "Reporting", "TestSupport",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    path: "Tests/Benchmark", swiftSettings: houseSettings),
  // What libFuzzer calls, with its own script: `Tests/Fuzzing/run`. The tests replay the findings.
  .target(
    name: "Fuzzing",
    dependencies: ["HostModel", "HostReader", "OwnershipAnalysis", "Reporting", "TestSupport"],
    path: "Tests/Fuzzing", exclude: ["run"], swiftSettings: houseSettings),
  // What Benchmark starts programs with.
  .executableTarget(
    name: "Measure", path: "Tests/Measure",
    cSettings: warnings),
  // What Benchmark compares an audit with: the same facts, read in C.
  .executableTarget(
    name: "Floor", path: "Tests/Floor",
    cSettings: warnings),
]

let tests: [Target] = [
  .testTarget(name: "HostModelTests", dependencies: ["HostModel"], swiftSettings: houseSettings),
  .testTarget(
    name: "TestSupportTests",
    dependencies: [
      "Benchmark", "FixtureGenerator", "HostModel", "HostReader", "OwnershipAnalysis",
      "TestSupport",
    ],
    swiftSettings: houseSettings),
  .testTarget(
    name: "SystemCallsTests", dependencies: ["SystemCalls", "TestSupport"],
    swiftSettings: houseSettings),
  .testTarget(
    name: "HostReaderTests", dependencies: ["HostReader", "SystemCalls", "TestSupport"],
    swiftSettings: houseSettings),
  .testTarget(
    name: "OwnershipAnalysisTests",
    dependencies: ["OwnershipAnalysis", "Reporting", "SystemCalls", "TestSupport"],
    swiftSettings: houseSettings),
  .testTarget(
    name: "ModelTests",
    dependencies: ["HostReader", "OwnershipAnalysis", "Reporting", "TestSupport"],
    swiftSettings: houseSettings),
  // Holds the model to what real kernels answered: Fixtures/recordings.
  .testTarget(
    name: "RecordingTests",
    dependencies: ["HostModel", "HostReader", "OwnershipAnalysis", "Reporting", "TestSupport"],
    swiftSettings: houseSettings),
  .testTarget(
    name: "ReportingTests", dependencies: ["Reporting", "TestSupport"],
    swiftSettings: houseSettings),
  .testTarget(
    name: "FuzzingTests", dependencies: ["Fuzzing", "TestSupport"], swiftSettings: houseSettings),
  .testTarget(
    name: "CommandTests",
    dependencies: [
      "HostReader", "OwnershipAnalysis", "PreflightCommands", "SystemCalls", "TestSupport",
      "vfio-preflight",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    swiftSettings: houseSettings),
]

let package = Package(
  name: "vfio-preflight",
  products: [.executable(name: "vfio-preflight", targets: ["vfio-preflight"])],
  // Exact versions: Package.resolved is not kept, and the same source has to give the same binary.
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    // Persistent dictionaries, so that the states of the modelled kernel share what they have in common.
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    // Tests only: runs the real binary. Without its trait it leaves Foundation out.
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
    // Comes with swift-subprocess, which accepts a range; named here to be exact.
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
  ],
  targets: modules + workshop + tests
)
