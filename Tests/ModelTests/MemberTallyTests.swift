import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

/// What is kept of a group's members, where its list and the devices disagree as on no real host.
struct MemberTallyTests {
  /// D1 is in group 1 and listed in group 2 too, D2 is in group 2 and listed in none.
  private var host: HostValues {
    var host = HostValues(KernelVersion(6, 12), "e1000e")
    host.add(nil, group: 2)
    let path = host[1].path
    host.groups[2]?.members = [GroupMember(linkName: "0000:01:01.0", device: path)]
    return host
  }

  private func expectAgreement(_ state: KernelState, _ comment: Comment) {
    for group in state.host.groups {
      #expect(state.viabilityKind(of: group) == state.viability(of: group).kind, comment)
      #expect(
        state.kernelCount(of: group) == state.members(of: group).count(where: \.countsForKernel),
        comment)
    }
  }

  @Test("a device that two groups list counts in both, whichever group it names itself")
  func deviceOfTwoLists() throws {
    var state = host.state
    expectAgreement(state, "at the start")
    let operations: [OwnershipAnalysis.Operation] = [
      .unbind(host[1].path), .bind(host[2].path, "e1000e"), .bind(host[1].path, "e1000e"),
    ]
    for operation in operations {
      let transition = KernelModel.apply(operation, to: state)
      #expect(transition.answer.verdict == .accepted, "\(operation)")
      state = transition.state
      expectAgreement(state, "\(operation)")
    }
    let counts = state.host.groups.map(state.kernelCount)
    #expect(counts == [1, 1])
  }

  @Test("a device that a group lists twice counts twice, as its members are listed")
  func deviceListedTwice() throws {
    var host = HostValues(KernelVersion(6, 12), "e1000e")
    let path = host[1].path
    host.groups[1]?.members.append(GroupMember(linkName: "0000:01:01.0.0", device: path))
    let state = KernelModel.apply(.unbind(host[1].path), to: host.state).state
    expectAgreement(state, "after the unbind")
  }
}
