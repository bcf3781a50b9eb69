import ArgumentParser
import HostModel
import HostReader
import OwnershipAnalysis

/// Which host is judged, and by which kernel's rules.
struct SourceOptions: ParsableArguments {
  @OptionGroup var host: HostOption
  @OptionGroup private var rules: KernelRulesOption

  var kernel: KernelRequest? { rules.kernel }

  /// Reads the host, as far as the answer needs it, and judges it.
  func audit(needing facts: NeededFacts) throws -> Audit {
    try host.source.audit(needing: facts, by: kernel)
  }
}

extension HostSource {
  /// Reads the host and judges it.
  func audit(needing facts: NeededFacts, by kernel: KernelRequest?) throws(Failure) -> Audit {
    try Failure.ofSource { () throws(SourceError) in
      Analyzer.audit(try read(needing: facts), by: kernel)
    }
  }
}

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
      throw ValidationError("--fleet names all captures; it does not go with --sysroot")
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

/// By which kernel's rules a host is judged.
struct KernelRulesOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Judge by the rules of this kernel instead of the host's own.", valueName: "version"),
    transform: KernelRulesOption.parse)
  var kernel: KernelRequest?

  static func parse(_ text: String) throws -> KernelRequest {
    do throws(KernelRequest.Unusable) {
      return try KernelRequest(text)
    } catch {
      switch error {
      case .malformed:
        let designs = KernelDesign.allCases.map(\.rawValue).joined(separator: " or ")
        throw ValidationError("not a kernel version; write it as 6.12 or 6.12.91, or \(designs)")
      case .withoutVFIO(let version):
        throw ValidationError("kernel \(version) is older than VFIO, which came with 3.6")
      }
    }
  }
}
