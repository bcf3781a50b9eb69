import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

/// The state is a small value: equal when the same has changed, whatever the way there.
@Suite("Kernel state")
struct StateSizeTests {
  private let host = HostValues(KernelVersion(6, 12, 107), "e1000e", "vfio-pci", "nvme")

  @Test("two orders of independent operations reach one state")
  func orders() throws {
    let one = try host.run("override D1 vfio-pci", "unbind D3", "open-node 1 as vm")
    let other = try host.run("open-node 1 as vm", "override D1 vfio-pci", "unbind D3")
    let (a, b) = (try #require(one.last?.state), try #require(other.last?.state))
    #expect(a.difference == b.difference)
    #expect(a.difference.hashValue == b.difference.hashValue)
    #expect(Set([a.difference, b.difference]).count == 1)
  }

  @Test("what was opened and closed leaves no trace")
  func undone() throws {
    let steps = try host.run("open-node 1", "close user1", "open-node 1 as user3", "close user3")
    #expect(steps[1].state.difference == host.state.difference)
    #expect(steps[3].state.difference == host.state.difference)
  }

  @Test("a holder without a name gets the first that is free")
  func names() throws {
    var many = HostValues(KernelVersion(6, 12, 107))
    for group in 1...4 { many.add("vfio-pci", group: GroupNumber(UInt32(group))) }
    let steps = try many.run(
      "open-node 1", "open-node 2 as user3", "open-node 3", "close user1", "open-node 4")
    #expect(steps[2].state.difference.holds.names.map(\.text) == ["user1", "user2", "user3"])
    #expect(steps[4].state.difference.holds.names.map(\.text) == ["user1", "user2", "user3"])
    #expect(steps[4].state.difference.holds.opener(of: 4) == HolderName("user1"))
  }

  @Test("a state differs from another host's, though nothing changed")
  func hosts() {
    #expect(host.state != HostValues(KernelVersion(6, 12, 107), "e1000e").state)
  }
}
