import ArgumentParser
import OwnershipAnalysis

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
