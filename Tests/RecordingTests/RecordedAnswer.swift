import HostModel
import OwnershipAnalysis

/// What a real kernel answered: `accepted`, `refused ERRNO CALL`, `blocks CALL`, `crashes CALL`.
enum RecordedAnswer: Equatable, Sendable {
  case accepted
  case refused(ErrorNumber, KernelCall)
  /// The call had not returned when the recorder went on.
  case blocks(KernelCall)
  /// The kernel stopped.
  case crashes(KernelCall)

  init?(_ text: Substring) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    let call = words.last.flatMap { KernelCall(rawValue: String($0)) }
    switch (words[0], words.count, call) {
    case ("accepted", 1, _): self = .accepted
    case ("refused", 3, let call?):
      guard let errno = ErrorNumber(name: words[1]) else { return nil }
      self = .refused(errno, call)
    case ("blocks", 2, let call?): self = .blocks(call)
    case ("crashes", 2, let call?): self = .crashes(call)
    default: return nil
    }
  }

  /// What the model predicts, in the same words; `nil` when it does not know.
  init?(_ verdict: Verdict, at call: KernelCall) {
    switch verdict {
    case .accepted: self = .accepted
    case .refused(let errno): self = .refused(errno, call)
    case .blocks: self = .blocks(call)
    case .crashes: self = .crashes(call)
    case .refusedWithOneOf, .undetermined: return nil
    }
  }
}

extension RecordedAnswer: CustomStringConvertible {
  var description: String {
    switch self {
    case .accepted: "accepted"
    case .refused(let errno, let call): "refused \(errno) \(call.rawValue)"
    case .blocks(let call): "blocks \(call.rawValue)"
    case .crashes(let call): "crashes \(call.rawValue)"
    }
  }
}
