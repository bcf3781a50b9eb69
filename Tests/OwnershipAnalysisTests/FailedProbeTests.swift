import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

@Suite("The errno of bind after a failed probe")
struct FailedProbeTests {
  @Test(
    "ENODEV up to 5.12, the probe's own errno from 5.14, both if the kernel is between or unknown")
  func text() {
    func text(_ version: KernelVersion?) -> String {
      KernelBehavior(version: version).bindErrnoText(ofFailedProbe: .busy)
    }
    #expect(text(KernelVersion(5, 12, 9)) == "ENODEV")
    #expect(text(KernelVersion(5, 13)) == "ENODEV up to 5.12, EBUSY from 5.14")
    #expect(text(KernelVersion(5, 14, 2)) == "EBUSY")
    #expect(text(nil) == "ENODEV up to 5.12, EBUSY from 5.14")
  }

  @Test("a probe that fails with ENODEV gives ENODEV on every kernel")
  func sameEitherWay() {
    let behavior = KernelBehavior(version: nil)
    #expect(behavior.bindErrno(ofFailedProbe: .noSuchDevice) == .noSuchDevice)
    #expect(behavior.bindErrno(ofFailedProbe: .invalid) == nil)
  }

  @Test("findings name both errnos if the kernel is unknown")
  func findings() {
    var host = HostValues(nil, nil, nil, nil)
    host[1].driverOverride = .value(.driver("vfio-pci"))
    host[1].sriov = .physical(
      PhysicalFunction(
        totalVFs: .value(8), virtualFunctions: ["sys/devices/pci0000:00/0000:01:10.0"],
        driversAutoprobe: .value(true)))
    host[2].group = .absent
    host[3].identity = .value(
      PCIIdentity(vendor: 0x8086, device: 0x37c8, deviceClass: PCIClass(code: 0x0b4000)))
    for rule: RuleSlug in [.pfWithVFs, .noIOMMUGroup, .denylistedDevice] {
      let message = host.audit.findings.first { $0.rule == rule }?.message
      #expect(
        message?.contains("answers ENODEV up to 5.12, E") == true, "\(rule): \(message ?? "-")")
    }
  }
}
