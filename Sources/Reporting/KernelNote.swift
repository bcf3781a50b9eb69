import HostModel
import OwnershipAnalysis

/// A note for answers by the rules of a kernel whose source was not read.
struct KernelNote {
  private let kernel: KernelIdentity

  init(_ kernel: KernelIdentity) {
    self.kernel = kernel
  }

  /// One line, or nothing for a kernel that was read.
  var text: String {
    guard let version = kernel.version else { return "" }
    let oldest = KernelHistory.oldestRead.series
    let newest = KernelHistory.newestRead.series
    switch kernel.coverage {
    case .read, nil: return ""
    case .older: return line(version, "older", applied: oldest)
    case .newer: return line(version, "newer", applied: newest)
    }

    func line(_ version: KernelVersion, _ word: String, applied: KernelVersion) -> String {
      "note: kernel \(version) is \(word) than any that was read (\(oldest) to \(newest)): rules of "
        + "\(applied) are applied unverified\n"
    }
  }
}

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
