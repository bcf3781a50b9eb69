import HostModel
import OwnershipAnalysis
import Testing

@Suite("The remedy of a mixed group asks only for what the kernel would accept")
struct MixedGroupRemedyTests {
  private func remedy(_ host: SmallHost) -> String? {
    Analyzer.audit(host.snapshot, requestedKernel: KernelVersion(6, 12)).findings
      .first { $0.rule == "mixed-group" }?.remedy
  }

  @Test("an ordinary member can be bound or unbound")
  func ordinary() {
    var host = SmallHost()
    host.add("vfio-pci")
    host.add("e1000e")
    #expect(
      remedy(host) == "bind 0000:01:00.1 to vfio-pci too, or unbind it if the host can do without")
  }

  @Test("a physical function with VFs is not sent to vfio-pci, which refuses it")
  func physicalFunction() throws {
    var host = SmallHost()
    host.add("vfio-pci")
    host.add("mlx5_core")
    host.members[1].sriov = .physical(
      PhysicalFunction(
        totalVFs: .value(8), virtualFunctions: [host.members[0].path],
        driversAutoprobe: .value(true)))
    let text = try #require(remedy(host))
    #expect(text.hasPrefix("0000:01:00.1 cannot go to vfio-pci while it has VFs"))
    #expect(!text.contains("bind 0000:01:00.1"))
  }

  @Test("a bridge among the culprits is told apart and never sent to vfio-pci")
  func bridge() {
    var host = SmallHost()
    host.add("vfio-pci")
    host.add("e1000e")
    host.add("shpchp", bridge: true, deviceClass: 0x060400)
    let findings = Analyzer.audit(host.snapshot, requestedKernel: KernelVersion(6, 12)).findings
      .filter { $0.severity == .error }
    #expect(Set(findings.map(\.rule)) == ["mixed-group", "bridge-driver-blocks"])
    #expect(findings.first { $0.rule == "mixed-group" }?.devices == ["0000:01:00.1"])
  }
}
