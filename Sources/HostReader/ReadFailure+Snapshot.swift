import HostModel

extension ReadFailure {
  /// The words of a snapshot for this failure: `EACCES`, `timed-out`, `too-large 65536`.
  var snapshotReason: String {
    switch self {
    case .refused(let number): number.name
    case .timedOut: "timed-out"
    case .avoided: "avoided"
    case .malformed(let text): "malformed \(PrintableText.escape(text))"
    case .tooLarge(let limit): "too-large \(limit)"
    case .tooManyEntries(let limit): "too-many-entries \(limit)"
    case .unexpectedKind: "unexpected-kind"
    case .leadsOut: "leads-out"
    case .notCaptured: "not-captured"
    case .notAsked: "not-asked"
    case .notNeeded: "not-needed"
    case .vanished: "vanished"
    case .unknownToUdev: "unknown-to-udev"
    case .knownOnlyToUdev: "known-only-to-udev"
    case .enumerationFailed: "enumeration-failed"
    case .hostChanging: "host-changing"
    }
  }

  /// Reads the words that ``snapshotReason`` writes.
  init?(snapshotReason reason: String) {
    let words = reason.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    switch (words.first, words.dropFirst().first) {
    case ("malformed", let text?):
      var bytes: [UInt8] = []
      guard SnapshotText.unescape(Array(text.utf8).span, into: &bytes) else { return nil }
      self = .malformed(String(decoding: bytes, as: UTF8.self))
    case ("too-large", let number?):
      guard let limit = Int(number), limit > 0 else { return nil }
      self = .tooLarge(limit: limit)
    case ("too-many-entries", let number?):
      guard let limit = Int(number), limit > 0 else { return nil }
      self = .tooManyEntries(limit: limit)
    case (let word?, nil):
      if let failure = ReadFailure.plain.first(where: { $0.snapshotReason == word }) {
        self = failure
      } else if let number = ErrorNumber(name: word) {
        self = .refused(number)
      } else {
        return nil
      }
    default:
      return nil
    }
  }

  private static let plain: [ReadFailure] = [
    .timedOut, .avoided, .unexpectedKind, .leadsOut, .notCaptured, .notAsked, .notNeeded,
    .vanished,
    .unknownToUdev, .knownOnlyToUdev, .enumerationFailed, .hostChanging,
  ]
}
