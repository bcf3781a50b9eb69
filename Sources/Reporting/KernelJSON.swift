import HostModel
import OwnershipAnalysis

/// Which kernel's rules applied, in every document.
enum KernelJSON {
  static func value(_ kernel: KernelIdentity) -> JSONValue {
    [
      "release": JSONValue(kernel.release),
      "version": JSONValue(kernel.version?.description),
      "source": .string(kernel.source.rawValue),
      "regime": .string(kernel.regime.rawValue),
      "evidence": .array(kernel.evidence.map(FindingJSON.evidence)),
    ]
  }
}
