import HostModel
package import OwnershipAnalysis

extension Verdict {
  /// ` with EBUSY or EPERM`; empty where there is no errno.
  var errnoPhrase: String {
    let names = errnos.map(\.name)
    return names.isEmpty ? "" : " with " + names.joined(separator: " or ")
  }
}

extension Answer {
  /// What a certain answer rests on: earlier operations, and what it is if they ended otherwise.
  var rests: [String] {
    guard !restsOn.isEmpty, verdict.doubts.isEmpty, !verdict.isRefusedVariously else { return [] }
    return possibilities.isEmpty
      ? [Phrase.operations(restsOn)] : possibilities.map { "else \($0.text)" }
  }
}

extension Verdict {
  fileprivate var isRefusedVariously: Bool {
    if case .refusedWithOneOf = self { true } else { false }
  }
}

extension Possibility {
  /// `blocks at unbind if operation 4 was accepted: …`
  package var text: String {
    let place = verdict == .accepted ? "" : " at \(call.rawValue)"
    let condition = condition.map { " if \($0.text)" } ?? ""
    let why = verdict == .accepted && !saysDriver ? "" : ": \(reason.text)"
    return verdict.word + verdict.errnoPhrase + place + condition + why
  }

  /// Which driver has the device then.
  private var saysDriver: Bool {
    switch reason {
    case .isBound, .nothingMatches, .probeFailsSilently: true
    default: false
    }
  }
}

extension Possibility.Condition {
  var text: String {
    switch self {
    case .fact(let unknown, let isSo): unknown.text(isSo)
    case .outcome(let operation, let outcomes):
      "operation \(operation) " + outcomes.map(\.text).unique.joined(separator: " or ")
    }
  }
}

extension Outcome {
  fileprivate var text: String {
    let plain: String =
      switch verdict {
      case .accepted: "was accepted"
      case .refused, .refusedWithOneOf: "was refused" + verdict.errnoPhrase
      case .blocks: "blocked"
      case .crashes: "crashed the kernel"
      case .undetermined: "ended in a way that is not known"
      }
    guard !isAsAssumed else { return plain }
    return verdict == .accepted ? "did not do what its answer assumes" : plain
  }
}

extension Unknown {
  func text(_ isSo: Bool) -> String {
    switch self {
    case .claimed(let group): "user space \(isSo ? "owns" : "does not own") group \(group)"
    case .open(let path): "\(path.name) is \(isSo ? "" : "not ")open"
    case .locked(let path): "an unbind of \(path.name) \(isSo ? "waits" : "does not wait")"
    case .matches(let path, let driver):
      "\(driver) \(isSo ? "matches" : "does not match") \(path.name)"
    case .accepts(let driver, let path):
      "the probe of \(driver) \(isSo ? "accepts" : "refuses") \(path.name)"
    case .deviceNodes:
      "the kernel is built with\(isSo ? "" : "out") CONFIG_VFIO_DEVICE_CDEV"
    case .platformReset(let path):
      "vfio-platform \(isSo ? "knows" : "does not know") a reset function for \(path.name)"
    }
  }
}
