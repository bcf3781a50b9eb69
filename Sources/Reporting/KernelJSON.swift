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
      "verified": kernel.coverage.map { .bool($0 == .read) } ?? .null,
      "evidence": .array(kernel.evidence.map(FindingJSON.evidence)),
    ]
  }
}
