import HostModel

extension Step {
  /// Closes everything that a holder holds; unbinds that waited for it complete (§9.2).
  func close(_ holder: HolderName) -> Transition {
    guard let hold = before.holds[holder] else {
      return accepted(.close, "\(holder) holds nothing", state: before)
    }
    var state = before
    state.holds[holder] = nil
    for group in hold.containerGroups { state.setOwnership(of: group, to: .unclaimed) }
    for path in hold.cdevs {
      guard let number = state.host.device(at: path)?.group.value else { continue }
      state.setOwnership(of: number, to: .unclaimed)
    }
    let completed = state.completePending()
    var answer = accepted(.close, "\(holder) lets go of everything", state: state)
    answer.effects = completed + answer.effects
    return answer
  }
}

extension KernelState {
  /// Ends the unbinds whose device nobody uses any more.
  fileprivate mutating func completePending() -> [String] {
    var told: [String] = []
    for waiting in pending {
      guard let device = host.device(at: waiting.device),
        !holds.values.contains(where: { $0.uses(waiting.device) })
      else { continue }
      pending.removeAll { $0 == waiting }
      release(device)
      told.append("the unbind of \(device.name) from \(waiting.driver) that waited completes")
    }
    return told
  }
}
