import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

/// The cases of kernel-rules §13 about what a group's members and types mean.
@Suite("Edge cases: groups")
struct GroupEdgeCaseTests {
  static let newest = KernelVersion(7, 3, 4)

  @Test("13.11: in regime A a mixed group is refused at GET_DEVICE_FD only")
  func refusedAtDevice() throws {
    let last = try HostValues(Kernels.old, "vfio-pci", "snd_hda_intel").run("open D1")[0]
    #expect(last.call == .getDeviceFD)
    #expect(last.verdict == .refused(.invalid))
  }

  @Test("13.13: a driver on a bridge is accepted in regime A and refused in regime B")
  func bridgeDrivers() throws {
    for (driver, after) in [
      ("shpchp", "EPERM at SET_CONTAINER"), ("pcieport", "accepted"), ("pci-stub", "accepted"),
    ] {
      for (kernel, answer) in [(Kernels.lastOld, "accepted"), (Self.newest, after)] {
        var host = HostValues(kernel, "vfio-pci")
        host.add(DriverName(driver), bridge: true, deviceClass: 0x060400)
        #expect(try host.answer("open D1") == answer, "\(driver) on \(kernel)")
      }
    }
  }

  @Test("13.14: pcieport on an event collector is refused in regime A and accepted in regime B")
  func eventCollector() throws {
    for (kernel, answer) in [
      (Kernels.lastOld, "EINVAL at GET_DEVICE_FD"), (Self.newest, "accepted"),
    ] {
      var host = HostValues(kernel, "vfio-pci")
      host.add("pcieport", deviceClass: 0x080700)
      #expect(try host.answer("open D1") == answer)
    }
  }

  @Test("13.15: a host bridge has a normal header and counts as a device", arguments: Kernels.all)
  func hostBridge(kernel: KernelVersion) throws {
    var host = HostValues(kernel, "vfio-pci")
    host.add("skx_edac", deviceClass: 0x060000)
    let refusal = kernel.isOld ? "EINVAL at GET_DEVICE_FD" : "EPERM at SET_CONTAINER"
    #expect(try host.answer("open D1") == refusal)
    #expect(try host.answer("unbind D2", "open D1") == "accepted")
    #expect(
      try host.answer("unbind D2", "override D2 vfio-pci", "bind D2 vfio-pci") == "accepted")
  }

  @Test(
    "13.16: pci-stub is harmless, and the drivers that look like it are not",
    arguments: ["pci-pf-stub", "pciback", "uio_pci_generic", "igb_uio"] as [DriverName])
  func falseStubs(driver: DriverName) throws {
    for kernel in Kernels.all {
      let refusal = kernel.isOld ? "EINVAL at GET_DEVICE_FD" : "EPERM at SET_CONTAINER"
      let refused = try HostValues(kernel, "vfio-pci", driver).run("open D1")[0]
      #expect(refused.outcome == refusal)
      #expect(refused.rule == .notAStub)
      #expect(try HostValues(kernel, "vfio-pci", "pci-stub").answer("open D1") == "accepted")
    }
  }

  @Test(
    "13.17: names with dashes and with underscores",
    arguments: [
      ("vfio-pci", true), ("vfio_pci", false), ("mlx5_vfio_pci", true), ("mlx5-vfio-pci", false),
      ("hisi_acc_vfio_pci", true), ("pds_vfio_pci", true), ("nvgrace_gpu_vfio_pci", true),
      ("virtio_vfio_pci", true), ("qat_vfio_pci", true), ("ism_vfio_pci", true),
      ("xe-vfio-pci", true), ("xe_vfio_pci", false),
    ])
  func spelling(driver: String, isVFIO: Bool) {
    let profile = DriverProfiles.profile(of: DriverName(driver), on: .pci, in: Self.newest)
    #expect((profile?.kind == .vfio) == isVFIO)
  }

  @Test("13.17: a registration with VFIO identifies an out-of-tree driver, for all its devices")
  func registration() throws {
    var host = HostValues(Self.newest)
    host.add("acme_vfio_pci")
    host.add(nil, override: .value(.driver("acme_vfio_pci")))
    let last = try host.run("open D1", "bind D2 acme_vfio_pci")[1]
    #expect(last.outcome == "accepted")
    #expect(last.state.kernelCount(of: host.observed.groups[0]) == 0)
  }

  @Test(
    "13.18: members on other buses count",
    arguments: [BusName.platform, .amba, .fslMC])
  func otherBuses(bus: BusName) throws {
    var host = HostValues(Self.newest, "vfio-pci")
    host.add("some-driver", bus: bus)
    #expect(try host.answer("open D1") == "EPERM at SET_CONTAINER")
    #expect(try host.answer("unbind D2", "open D1") == "accepted")
    #expect(
      try host.answer("unbind D2", "open D1", "override D2 some-driver", "bind D2 some-driver")
        == "EBUSY at bind")
  }

  @Test("13.20: a member without a driver does not refuse the open", arguments: Kernels.all)
  func driverless(kernel: KernelVersion) throws {
    #expect(try HostValues(kernel, "vfio-pci", nil, nil).answer("open D1") == "accepted")
  }

  @Test("13.24: the type of a group does not show its owner", arguments: Kernels.new)
  func typeDMA(kernel: KernelVersion) throws {
    let host = HostValues(kernel, "vfio-pci", nil)
    let claimed = try host.run("open D1")[0].state
    #expect(claimed.type(of: host.observed.groups[0]) == .dma)
    #expect(claimed.ownership(of: 1).isClaimed == true)
    #expect(try host.answer("open D1", "bind D2 snd_hda_intel") == "EBUSY at bind")
  }

  @Test("13.25: an identity domain does not refuse an open", arguments: Kernels.all)
  func typeIdentity(kernel: KernelVersion) throws {
    var host = HostValues(kernel, "vfio-pci", nil)
    host.groups[1]?.type = .value(.identity)
    #expect(try host.answer("open D1") == "accepted")
    #expect(
      try host.answer("open D1", "bind D2 snd_hda_intel")
        == (kernel.isOld ? "crashes at bind" : "EBUSY at bind"))
  }

  @Test("13.26: a direct region of one member refuses the whole group, although the bind succeeds")
  func directRegion() throws {
    var host = HostValues(KernelVersion(6, 6, 17), nil, nil)
    host.give(1, .direct)
    let answer = try host.answer("override D1 vfio-pci", "bind D1 vfio-pci", "open D1")
    #expect(answer == "EINVAL at SET_CONTAINER")
    var intel = HostValues(KernelVersion(6, 1, 176))
    intel.iommu = IOMMUInstance(name: "dmar0", vendor: .intel)
    intel.add("vfio-pci")
    intel.give(1, .direct)
    let last = try intel.run("open D1")[0]
    #expect(last.outcome == "EPERM at SET_CONTAINER")
    #expect(last.rule == .reservedDirectRegion)
  }

  @Test("13.27: a direct-relaxable region does not refuse an open", arguments: Kernels.all)
  func relaxable(kernel: KernelVersion) throws {
    var host = HostValues(kernel, "vfio-pci")
    host.give(1, .directRelaxable)
    #expect(try host.answer("open D1") == "accepted")
  }

  @Test("13.43: a vDPA driver counts as a kernel driver", arguments: Kernels.new)
  func vdpa(kernel: KernelVersion) throws {
    let host = HostValues(kernel, "vfio-pci", "vp-vdpa", nil)
    #expect(try host.answer("open D1") == "EPERM at SET_CONTAINER")
    let last = try host.run("bind D3 snd_hda_intel")[0]
    #expect(last.dependsOn.first == .assumed(.noPrivateDomain("vp-vdpa", "0000:01:02.0")))
  }

  @Test("13.44: an emulated group has the name vfio-noiommu and is not in no-IOMMU mode")
  func emulated() throws {
    var host = HostValues(Self.newest, "e1000e")
    host.add("vfio_mdev", group: 7, bus: .mdev)
    host.groups[7]?.name = .value("vfio-noiommu")
    host.groups[7]?.type = .value(.unknown)
    host.vfio.groupNodes = .value([VFIOGroupNode(group: 7, isNoIOMMU: false)])
    #expect(host.audit.findings.filter { $0.rule == .noIOMMUMode }.isEmpty)
    #expect(host.audit.groups[1].viability == .viable)
  }

  @Test(
    "13.47: who may change the type of a group",
    arguments: [("6.3.2", "EBUSY", "EINVAL"), ("6.4.6", nil, nil)] as [(String, String?, String?)])
  func changeType(release: String, ofOne: String?, ofTwo: String?) throws {
    let kernel = try #require(KernelVersion(release: release))
    let one = try HostValues(kernel, "vfio-pci").answer("group-type 1 identity")
    #expect(one == (ofOne.map { "\($0) at type" } ?? "accepted"))
    let two = try HostValues(kernel, "vfio-pci", nil).answer("group-type 1 identity")
    #expect(two == (ofTwo.map { "\($0) at type" } ?? "accepted"))
    let owned = try HostValues(kernel, "vfio-pci").run("open D1", "group-type 1 identity")[1]
    #expect(owned.outcome == (ofOne == nil ? "EPERM at type" : "EBUSY at type"))
    #expect(try HostValues(kernel, "nvme").answer("group-type 1 DMA-FQ") == "accepted")
  }

  @Test("13.55: a group opens only after its last kernel driver is unbound", arguments: Kernels.all)
  func lastKernelDriver(kernel: KernelVersion) throws {
    let host = HostValues(kernel, "vfio-pci", "e1000e", "nvme")
    let refusal = kernel.isOld ? "EINVAL at GET_DEVICE_FD" : "EPERM at SET_CONTAINER"
    #expect(try host.answer("unbind D2", "open D1") == refusal)
    let both = try host.run("unbind D2", "unbind D3", "open D1")
    #expect(both[0].effects.isEmpty)
    #expect(both[1].effects == [.becomesViable(1)])
    #expect(both[2].outcome == "accepted")
  }
}
