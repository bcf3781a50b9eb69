import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

@Suite("Edge cases: how the kernel is built and booted")
struct ConfigurationEdgeCaseTests {
  @Test("13.5: where iommufd can provide the container, an open depends on VFIO's container")
  func compatContainer() throws {
    var host = HostValues(KernelVersion(6, 12, 107), "vfio-pci")
    host.vfio.hasIOMMUFD = .value(true)
    let open = try host.run("open D1")[0]
    #expect(open.outcome == "accepted")
    #expect(open.dependsOn.contains(.assumed(.containerIsOfVFIO)))
    host.vfio.hasIOMMUFD = .absent
    host.hasDeviceNodes = false
    #expect(try host.run("open D1")[0].dependsOn.isEmpty)
  }

  @Test("13.46: lockdown changes no answer; up to 5.18 it does not prevent the BUG")
  func lockdown() throws {
    let scenario = try #require(
      RuleScenario.all.first { $0.rule == .liveGroupAutoprobe && $0.kind == .firing })
    var host = scenario.host
    host.register("snd_hda_intel")
    var locked = host.entries
    locked["sys/kernel/security/lockdown"] = .attribute(
      Array("none [integrity] confidentiality\n".utf8))
    let answers = try [host.entries, locked].map { entries in
      let audit = Analyzer.audit(entries.observed)
      let group = try #require(audit.groups.first { $0.claim.state == .claimed })
      let free = try #require(group.members.first { $0.device.driver.isAbsent })
      let driver = try #require(
        audit.host.drivers.first { $0.bus == .pci && $0.name == "snd_hda_intel" })
      let override = KernelModel.apply(
        .override(free.device.path, driver.name), to: KernelState(audit: audit))
      return KernelModel.apply(.bind(free.device.path, driver.name), to: override.state)
        .answer.verdict
    }
    #expect(answers == [.crashes, .crashes])
  }
}
