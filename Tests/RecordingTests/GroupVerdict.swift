import HostModel
import OwnershipAnalysis

/// What the audit says of a group, and what came when it was opened.
struct GroupVerdict: Sendable {
  enum Agreement: Sendable {
    case agreed
    case undetermined
    case wrong
  }

  let agreement: Agreement
  /// `group 2 is viable, recorded refused EPERM SET_CONTAINER`.
  let text: String

  /// - Returns: `nil` when the operation opens no group, several, or failed for a reason that is
  ///   not the group's: no node, in use, another device than one on VFIO.
  init?(
    of operation: OwnershipAnalysis.Operation, in state: KernelState, recorded: RecordedAnswer?
  ) {
    guard case .open(let paths, _) = operation, let recorded else { return nil }
    let groups = Set(paths.compactMap { state.host.device(at: $0)?.group.value })
    guard groups.count == 1, let group = groups.first.flatMap(state.host.group) else { return nil }
    switch recorded {
    case .refused(_, .open), .refused(.noSuchDevice, .getDeviceFD),
      .refused(.permissionDenied, .getDeviceFD), .blocks, .crashes:
      return nil
    case .accepted, .refused: break
    }
    let viability = state.viability(of: group)
    agreement =
      switch viability {
      case .undetermined: .undetermined
      case .viable: recorded == .accepted ? .agreed : .wrong
      case .notViable(let obstacles):
        obstacles.first.map {
          RecordedAnswer.refused($0.refusal.errno, KernelCall($0.refusal.call)) == recorded
        } == true ? .agreed : .wrong
      }
    text = "group \(group.number) is \(viability.word), recorded \(recorded)"
  }
}
