import ArgumentParser
import OwnershipAnalysis

/// By which kernel's rules a host is judged.
struct KernelOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Judge by the rules of this kernel instead of the host's own.", valueName: "version"),
    transform: KernelOption.parse)
  var kernel: KernelRequest?

  static func parse(_ text: String) throws -> KernelRequest {
    guard let request = KernelRequest(text) else {
      let designs = KernelDesign.allCases.map(\.rawValue).joined(separator: " or ")
      throw ValidationError("not a kernel version; write it as 6.12 or 6.12.91, or \(designs)")
    }
    return request
  }
}
