import ArgumentParser
import HostModel
import HostReader
import OwnershipAnalysis

/// Which host is judged, and by which kernel's rules.
struct SourceOptions: ParsableArguments {
  @OptionGroup var capture: CaptureOption

  @Option(
    help: ArgumentHelp(
      "Judge by the rules of this kernel instead of the host's own.", valueName: "version"),
    transform: SourceOptions.kernel)
  var kernel: KernelRequest?

  /// Reads the host, for a prediction with the ids of its drivers, and judges it.
  func audit(_ depth: ReadDepth = .audit) throws -> Audit {
    do {
      return Analyzer.audit(try capture.source.read(depth), by: kernel)
    } catch {
      throw Failure(error.description)
    }
  }

  static func kernel(_ text: String) throws -> KernelRequest {
    guard let request = KernelRequest(text) else {
      let designs = KernelDesign.allCases.map(\.rawValue).joined(separator: " or ")
      throw ValidationError("not a kernel version; write it as 6.12 or 6.12.91, or \(designs)")
    }
    return request
  }
}
