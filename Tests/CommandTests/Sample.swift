import HostModel
import TestSupport

/// The binary, and a few hosts that it reads.
enum Sample {
  static let binary = Program.product("vfio-preflight")
  static let binaryPath = Program.productDirectory + "/vfio-preflight"

  /// Runs the binary without what the machine's own environment says of colours.
  static func run(
    _ arguments: String..., environment: [String: String?] = [:], input: String = ""
  ) async throws -> Program.Outcome {
    try await run(arguments, environment: environment, input: input)
  }

  static func run(
    _ arguments: [String], environment: [String: String?] = [:], input: String = ""
  ) async throws -> Program.Outcome {
    let plain: [String: String?] = ["NO_COLOR": nil, "TERM": "xterm", "LC_ALL": nil]
    return try await binary.run(
      arguments, environment: plain.merging(environment) { $1 }, input: input)
  }

  /// A host as a directory tree.
  static func tree(_ host: HostTree) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try host.write(to: directory.path)
    return directory
  }

  /// A GPU on vfio-pci, its audio function on `audioDriver`, and a disk of the host.
  static func gpu(audioDriver: DriverName?) -> HostTree {
    var host = HostTree(kernel: "6.12.0")
    host.add(
      PCIFunction(
        "0000:00:17.0", class: 0x010601, id: "8086:a352", driver: "ahci", group: 0),
      PCIFunction(
        "0000:01:00.0", class: 0x030000, id: "10de:13c2", driver: "vfio-pci", group: 1),
      PCIFunction(
        "0000:01:00.1", class: 0x040300, id: "10de:0fbb", driver: audioDriver, group: 1))
    host.register("snd_hda_intel")
    return host
  }

  static let mixed = gpu(audioDriver: "snd_hda_intel")
  static let ready = gpu(audioDriver: "vfio-pci")

  static let withoutGroups: HostTree = {
    var host = HostTree(kernel: "6.12.0", iommu: .none)
    host.add(PCIFunction("0000:00:02.0", class: 0x020000, id: "8086:100e", driver: "e1000"))
    return host
  }()

  /// So many functions that their list does not fit into a pipe.
  static let large: HostTree = {
    var host = HostTree(kernel: "6.12.0")
    for bus in 1...16 {
      for slot in 0..<32 {
        let address = PCIAddress(domain: 0, bus: UInt8(bus), slot: UInt8(slot), function: 0)
        host.add(
          PCIFunction(
            DeviceName(address), class: 0x020000, id: "8086:10ed", driver: "ixgbevf",
            group: GroupNumber(UInt32(bus * 32 + slot))))
      }
    }
    return host
  }()
}
