import ArgumentParser
import HostReader
import OwnershipAnalysis

/// Which host is judged, and by which kernel's rules.
struct SourceOptions: ParsableArguments {
  @OptionGroup var host: HostOption
  @OptionGroup private var rules: KernelRulesOption

  var kernel: KernelRequest? { rules.kernel }

  /// Reads the host, for a prediction with the ids of its drivers, and judges it.
  func audit(_ depth: ReadDepth = .audit) throws -> Audit {
    try host.source.audit(depth, by: kernel)
  }
}

extension HostSource {
  /// Reads the host and judges it.
  func audit(_ depth: ReadDepth = .audit, by kernel: KernelRequest?) throws(Failure) -> Audit {
    try Failure.ofSource { () throws(SourceError) in Analyzer.audit(try read(depth), by: kernel) }
  }
}
