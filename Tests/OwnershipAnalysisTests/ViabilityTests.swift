import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

/// The vectors of kernel-rules §16 are held against audit and model together, in `OpenVectorTests`.
@Suite("Viability of a group, beside the vectors of the rulebook")
struct ViabilityTests {
  @Test("a finding on a direct region names only the doubts about that region")
  func directRegionAmongUnknowns() throws {
    var host = HostValues(KernelVersion(6, 1), "vfio-pci", "vfio-pci")
    host.give(1, .direct)
    host[2].driver = .unread(.refused(.inputOutput))
    func message() throws -> String {
      #expect(host.viabilityText == "undetermined")
      return try #require(host.audit.findings.first { $0.rule == .reservedDirectRegion }).message
    }
    // AMD's driver accepts it up to 6.5: only the member's driver is unknown.
    #expect(
      try message()
        == "group 1 has a reserved region of kind direct, which kernels from 6.6 refuse")
    host.kernel = nil
    #expect(try message().contains("its source was not read"))
  }

  @Test("a kernel driver refuses before a direct region does (§11.3)")
  func order() {
    var host = HostValues(KernelVersion(6, 12), "vfio-pci", "e1000e")
    host.give(1, .direct)
    #expect(host.viabilityText == "EPERM at SET_CONTAINER")
    #expect(host.viability.obstacles.count == 2)
  }

  @Test("members on different buses are refused up to 5.19 (F9)")
  func buses() {
    var host = HostValues(KernelVersion(5, 19), "vfio-pci")
    host.add(nil, bus: .platform)
    #expect(host.viabilityText == "EINVAL at SET_IOMMU")
    host.kernel = KernelVersion(6, 0)
    #expect(host.viabilityText == "viable")
  }

  @Test("a kernel driver on a bus that does not take part is not counted (§3.3)")
  func otherBus() {
    var host = HostValues(KernelVersion(6, 12), "vfio-pci")
    host.add("host1x-drm", bus: "host1x")
    #expect(host.viabilityText == "viable")
  }

  @Test("without a kernel version a group is determined only where both regimes agree")
  func unknownKernel() {
    #expect(HostValues(nil, "vfio-pci", nil).viabilityText == "viable")
    #expect(HostValues(nil, "vfio-pci", "e1000e").viabilityText == "undetermined")
  }
}
