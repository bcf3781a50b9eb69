import ArgumentParser
import HostReader

/// This machine, or a capture of another.
struct HostOption: ParsableArguments {
  @Option(
    name: [.customShort("s"), .long],
    help: ArgumentHelp(
      "Read a captured tree or snapshot file instead of this host; - is standard input.",
      valueName: "source"),
    completion: .file())
  var sysroot: String?

  var source: HostSource {
    sysroot.map(HostSource.sysroot) ?? .live
  }

  /// Whether the source takes standard input.
  var isStandardInput: Bool { sysroot == HostOption.standardInput }

  /// The source that is standard input.
  static let standardInput = "-"
}
