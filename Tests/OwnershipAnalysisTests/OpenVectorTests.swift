import HostModel
import OwnershipAnalysis
import Testing

/// The vectors of kernel-rules §16 that open a group, named after their numbers.
@Suite("Open vectors")
struct OpenVectorTests {
  static let old = KernelVersion(5, 10, 223)
  static let new = [
    KernelVersion(5, 19), KernelVersion(6, 1, 176), KernelVersion(6, 12, 107),
    KernelVersion(7, 3, 4),
  ]

  private func host(_ drivers: DriverName?...) -> SmallHost {
    var host = SmallHost()
    for driver in drivers { host.add(driver) }
    return host
  }

  @Test("2: vfio-pci beside snd_hda_intel", arguments: new)
  func mixed(kernel: KernelVersion) {
    let host = host("vfio-pci", "snd_hda_intel")
    #expect(host.answer(Self.old) == "GET_DEVICE_FD EINVAL")
    #expect(host.answer(kernel) == "SET_CONTAINER EPERM")
    #expect(
      host.viability(kernel).obstacles.flatMap(\.culprits)
        == [Culprit(device: "0000:01:00.1", driver: "snd_hda_intel")])
  }

  @Test("3: vfio-pci beside a driverless device", arguments: new)
  func driverless(kernel: KernelVersion) {
    #expect(host("vfio-pci", nil).answer(Self.old) == "viable")
    #expect(host("vfio-pci", nil).answer(kernel) == "viable")
  }

  @Test("10 and 11: beside a bridge on pcieport, on shpchp", arguments: new)
  func bridge(kernel: KernelVersion) {
    var onPort = host("vfio-pci")
    onPort.add("pcieport", bridge: true, deviceClass: 0x060400)
    #expect(onPort.answer(Self.old) == "viable")
    #expect(onPort.answer(kernel) == "viable")
    var onHotplug = host("vfio-pci")
    onHotplug.add("shpchp", bridge: true, deviceClass: 0x060400)
    #expect(onHotplug.answer(Self.old) == "viable")
    #expect(onHotplug.answer(kernel) == "SET_CONTAINER EPERM")
    #expect(onHotplug.viability(kernel).obstacles.map(\.rule) == [.bridgeDriverBlocks])
  }

  @Test("12: beside a root complex event collector on pcieport", arguments: new)
  func eventCollector(kernel: KernelVersion) {
    var host = host("vfio-pci")
    host.add("pcieport", deviceClass: 0x080700)
    #expect(host.answer(Self.old) == "GET_DEVICE_FD EINVAL")
    #expect(host.viability(Self.old).obstacles.map(\.rule) == [.eventCollectorBlocks])
    #expect(host.answer(kernel) == "viable")
  }

  @Test("13: beside pci-pf-stub, and beside pci-stub", arguments: new)
  func stubs(kernel: KernelVersion) {
    #expect(host("vfio-pci", "pci-pf-stub").answer(Self.old) == "GET_DEVICE_FD EINVAL")
    #expect(host("vfio-pci", "pci-pf-stub").answer(kernel) == "SET_CONTAINER EPERM")
    #expect(
      host("vfio-pci", "pci-pf-stub").viability(kernel).obstacles.map(\.rule) == [.notAStub])
    #expect(host("vfio-pci", "pci-stub").answer(Self.old) == "viable")
    #expect(host("vfio-pci", "pci-stub").answer(kernel) == "viable")
  }

  @Test(
    "14 and 15: a direct region, by kernel and IOMMU",
    arguments: [
      (KernelVersion(5, 10), "viable", "SET_IOMMU EPERM"),
      (KernelVersion(5, 19), "viable", "SET_CONTAINER EPERM"),
      (KernelVersion(6, 1, 176), "viable", "SET_CONTAINER EPERM"),
      (KernelVersion(6, 2), "viable", "SET_IOMMU EPERM"),
      (KernelVersion(6, 5), "viable", "SET_IOMMU EPERM"),
      (KernelVersion(6, 6, 17), "SET_CONTAINER EINVAL", "SET_CONTAINER EINVAL"),
      (KernelVersion(7, 3, 4), "SET_CONTAINER EINVAL", "SET_CONTAINER EINVAL"),
    ])
  func directRegion(kernel: KernelVersion, amd: String, intel: String) {
    var host = host("vfio-pci")
    host.regions = [ReservedRegion(start: 0xbd00_0000, end: 0xbd7f_ffff, kind: .direct)]
    #expect(host.answer(kernel) == amd)
    host.iommu = .intel
    #expect(host.answer(kernel) == intel)
    host.regions = [ReservedRegion(start: 0xbd00_0000, end: 0xbd7f_ffff, kind: .directRelaxable)]
    #expect(host.answer(kernel) == "viable")
  }

  @Test("24: interrupts not isolated", arguments: new + [old])
  func unsafeInterrupts(kernel: KernelVersion) {
    var host = host("vfio-pci")
    host.remapping = .inactive
    #expect(host.answer(kernel) == "SET_IOMMU EPERM")
    host.allowsUnsafeInterrupts = true
    #expect(host.answer(kernel) == "viable")
  }

  @Test("a finding on a direct region tells what is unknown of it, not of other things")
  func directRegionAmongUnknowns() throws {
    var host = SmallHost()
    host.add("vfio-pci")
    host.add("vfio-pci")
    host.regions = [ReservedRegion(start: 0xbd00_0000, end: 0xbd7f_ffff, kind: .direct)]
    host.members[1].driver = .unread(.refused(.inputOutput))
    func message(_ kernel: KernelVersion?) throws -> String {
      let audit = Analyzer.audit(host.snapshot, requestedKernel: kernel)
      #expect(audit.groups[0].viability.word == "undetermined")
      return try #require(audit.findings.first { $0.rule == .reservedDirectRegion }).message
    }
    // AMD's driver accepts it up to 6.5: only the member's driver is unknown.
    #expect(
      try message(KernelVersion(6, 1))
        == "group 1 has a reserved region of kind direct, which kernels from 6.6 refuse")
    #expect(try message(nil).contains("its source was not read"))
  }

  @Test("a kernel driver is met before a direct region (§11.3)")
  func order() {
    var host = host("vfio-pci", "e1000e")
    host.regions = [ReservedRegion(start: 0xbd00_0000, end: 0xbd7f_ffff, kind: .direct)]
    #expect(host.answer(KernelVersion(6, 12)) == "SET_CONTAINER EPERM")
    #expect(host.viability(KernelVersion(6, 12)).obstacles.count == 2)
  }

  @Test("members on different buses, up to 5.19 (F9)")
  func buses() {
    var host = host("vfio-pci")
    host.add(nil, bus: .platform)
    #expect(host.answer(KernelVersion(5, 19)) == "SET_IOMMU EINVAL")
    #expect(host.answer(KernelVersion(6, 0)) == "viable")
  }

  @Test("a kernel driver on a bus that does not take part is not counted (§3.3)")
  func otherBus() {
    var host = host("vfio-pci")
    host.add("host1x-drm", bus: "host1x")
    #expect(host.answer(KernelVersion(6, 12)) == "viable")
  }

  @Test("without a kernel version only what both regimes agree on is said")
  func unknownKernel() {
    let bare = host("vfio-pci", nil)
    #expect(Analyzer.audit(bare.snapshot).groups[0].viability == .viable)
    let mixed = host("vfio-pci", "e1000e")
    guard case .undetermined = Analyzer.audit(mixed.snapshot).groups[0].viability else {
      Issue.record("a mixed group without a kernel version is undetermined")
      return
    }
  }
}
