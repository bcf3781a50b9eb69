import TestSupport

/// What counts depend on beside the program.
struct Toolchain: Sendable, Equatable {
  /// The compiler's version: `6.3.1`.
  var swift: String
  /// `x86_64`.
  var architecture: String
  /// `glibc 2.36`, which decides what start-up costs.
  var libc: String
  /// `valgrind-3.19.0`, for the record: versions count alike.
  var valgrind: String

  /// - Throws: `Skipped` where a tool is missing.
  static func current() async throws -> Toolchain {
    guard try await output("strace", "-c", "true") != nil else {
      throw Skipped(reason: "strace is not installed, or this machine allows no tracing")
    }
    guard let valgrind = try await output("valgrind", "--version") else {
      throw Skipped(reason: "valgrind is not installed")
    }
    let compiler = try await output("swift", "--version") ?? ""
    let words = compiler.split(separator: " ").drop { $0 != "version" }
    return Toolchain(
      swift: words.dropFirst().first.map(String.init) ?? "unknown",
      architecture: try await output("uname", "-m") ?? "unknown",
      libc: try await output("getconf", "GNU_LIBC_VERSION") ?? "unknown", valgrind: valgrind)
  }

  /// The first line that a program prints, or the empty one; `nil` where it does not run.
  private static func output(_ program: String, _ arguments: String...) async throws -> String? {
    let outcome = try? await Program(named: program).run(arguments)
    guard let outcome, outcome.status == 0 else { return nil }
    return outcome.output.split(separator: "\n").first.map { String($0) } ?? ""
  }
}

extension Toolchain {
  /// The form that the file of counts has.
  var text: String { "swift \(swift), \(architecture), \(libc), \(valgrind)" }

  init?(text: Substring) {
    let parts = text.split(separator: ",").map { $0.drop { $0 == " " } }
    guard parts.count == 4, parts[0].hasPrefix("swift ") else { return nil }
    self.init(
      swift: String(parts[0].dropFirst(6)), architecture: String(parts[1]), libc: String(parts[2]),
      valgrind: String(parts[3]))
  }
}
