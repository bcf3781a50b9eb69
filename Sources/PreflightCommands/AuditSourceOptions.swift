import ArgumentParser
import HostReader
import OwnershipAnalysis

/// Which hosts are audited, and by which kernel's rules.
struct AuditSourceOptions: ParsableArguments {
  @Option(
    name: [.customShort("s"), .long],
    help: ArgumentHelp(
      "Read a captured tree or snapshot file instead of this host; - is standard input. "
        + "Several are audited as a fleet.",
      valueName: "source"),
    completion: .file())
  var sysroot: [String] = []

  @Option(
    help: ArgumentHelp(
      "Audit every capture in a directory: *.snapshot files and captured trees.",
      valueName: "directory"),
    completion: .directory)
  var fleet: String?

  @OptionGroup private var rules: KernelRulesOption

  var kernel: KernelRequest? { rules.kernel }

  /// The one host that is asked about.
  var host: HostSource { sysroot.first.map(HostSource.sysroot) ?? .live }

  /// Whether more than one host is asked about, or a directory of them.
  var isFleet: Bool { fleet != nil || sysroot.count > 1 }

  func validate() throws {
    guard fleet == nil || sysroot.isEmpty else {
      throw ValidationError("--fleet names all captures; it takes no --sysroot")
    }
    guard sysroot.count(where: { $0 == HostOption.standardInput }) < 2 else {
      throw ValidationError("standard input can be only one of the sources")
    }
  }

  /// The captures of the fleet.
  func captures() throws(Failure) -> FleetCaptures {
    guard let fleet else { return .listed(sysroot) }
    return try Failure.ofSource { () throws(SourceError) in
      .directory(try CaptureDirectory(at: fleet), path: fleet)
    }
  }
}
