import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

/// The cases of kernel-rules §13 about binds and the writes that lead to them.
@Suite("Edge cases: binds")
struct BindEdgeCaseTests {
  @Test("13.1: vfio-pci binds beside a kernel driver; only the open fails", arguments: Kernels.all)
  func besideKernelDriver(kernel: KernelVersion) throws {
    let host = HostValues(kernel, "e1000e", "snd_hda_intel")
    let answer = try host.answer(
      "override D1 vfio-pci", "unbind D1", "bind D1 vfio-pci", "open D1")
    #expect(answer == (kernel.isOld ? "EINVAL at GET_DEVICE_FD" : "EPERM at SET_CONTAINER"))
  }

  @Test("13.2: a kernel driver binds beside an unopened vfio-pci", arguments: Kernels.all)
  func besideUnopened(kernel: KernelVersion) throws {
    let host = HostValues(kernel, "vfio-pci", nil)
    let last = try host.run("bind D2 snd_hda_intel")[0]
    #expect(last.outcome == "accepted")
    #expect(last.effects.map(\.code).contains("not-viable"))
  }

  @Test(
    "13.3: a private domain or a PASID of a sibling can refuse a kernel driver",
    arguments: Kernels.new)
  func privateDomain(kernel: KernelVersion) throws {
    let last = try HostValues(kernel, "idxd", nil).run("bind D2 snd_hda_intel")[0]
    #expect(last.outcome == "accepted")
    #expect(
      last.dependsOn.first == .assumed(.noPrivateDomain("idxd", "0000:01:01.0")))
  }

  @Test("13.6: EBUSY from bind has three causes, and the rule says which")
  func threeCauses() throws {
    let kernel = KernelVersion(6, 12, 107)
    let claimed = try HostValues(kernel, "vfio-pci", nil).run("open D1", "bind D2 snd_hda_intel")
    let bound = try HostValues(kernel, "e1000e").run("bind D1 e1000e")
    let withVFs = try HostValues.withVirtualFunctions(kernel, on: nil).run(
      "override D1 vfio-pci", "bind D1 vfio-pci")
    let answers = [claimed, bound, withVFs].compactMap(\.last)
    #expect(answers.map(\.outcome) == ["EBUSY at bind", "EBUSY at bind", "EBUSY at bind"])
    #expect(
      answers.map(\.rule) == [.kernelDriverInClaimedGroup, .alreadyBound, .pfWithVFs])
  }

  @Test(
    "13.7: before 5.14 every probe failure reads ENODEV",
    arguments: [("5.12.9", true), ("5.14.2", false)])
  func hiddenErrors(release: String, isHidden: Bool) throws {
    let kernel = try #require(KernelVersion(release: release))
    var denied = HostValues(kernel)
    denied.add(nil, id: "8086:0435")
    var lonely = HostValues(kernel)
    lonely.add(nil, group: nil)
    for (host, errno) in [
      (denied, "EINVAL"), (lonely, "EINVAL"),
      (HostValues.withVirtualFunctions(kernel, on: nil), "EBUSY"),
    ] {
      let answer = try host.answer("override D1 vfio-pci", "bind D1 vfio-pci")
      #expect(answer == "\(isHidden ? "ENODEV" : errno) at bind")
    }
  }

  @Test("13.8: drivers_probe succeeds when nothing is bound, and answers EINVAL to a conflict")
  func probe() throws {
    var host = HostValues(KernelVersion(6, 12, 107), "e1000e")
    host.drivers[.pci] = ["e1000e"]
    host.add(nil, id: "10de:0fbb")
    host.aliases = .value([])
    let nothing = try host.run("probe D2")[0]
    #expect(nothing.outcome == "accepted")
    #expect(nothing.state.driver(of: host[2]).isAbsent)
    let taken = HostValues(KernelVersion(6, 12, 107), "vfio-pci", nil)
    #expect(try taken.answer("open D1", "probe D2") == "EINVAL at drivers_probe")
  }

  @Test("13.9: new_id binds all unbound devices that match, also with drivers_autoprobe off")
  func newID() throws {
    let id: PCIID = "10de:0fbb"
    var host = HostValues(KernelVersion(6, 12, 107))
    for group: GroupNumber in [1, 2] { host.add(nil, group: group, id: id) }
    host.add("e1000e", group: 3, id: id)
    host.add(nil, group: 4, id: id, override: .value(.driver("pci-stub")))
    host.add(nil, group: 5)
    host.autoprobe = [.pci: .value(false)]
    let state = try host.run("new-id vfio-pci 10de:0fbb")[0].state
    #expect(
      (1...5).map { state.driver(of: host[$0]).value }
        == ["vfio-pci", "vfio-pci", "e1000e", nil, nil])
    #expect(
      try host.answer("new-id vfio-pci 10de:0fbb", "new-id vfio-pci 10de:0fbb").hasPrefix("EEXIST"))
  }

  @Test("13.10: an autoprobe in a claimed group is refused silently", arguments: Kernels.new)
  func silence(kernel: KernelVersion) throws {
    var host = HostValues(kernel, "vfio-pci", nil)
    host.drivers[.pci]?.remove("snd_hda_intel")
    let last = try host.run("open D1", "modprobe snd_hda_intel")[1]
    #expect(last.outcome == "accepted")
    #expect(
      last.effects.first == .refusedSilently("0000:01:02.0", .userSpaceOwns(1)))
    let rule = RuleCatalogue.rule(.kernelDriverInClaimedGroup)
    #expect(rule?.messages.contains { $0.printedBy == "kernel" } == false)
  }

  @Test(
    "13.38: with sriov_drivers_autoprobe off, a VF binds by driver_override only",
    arguments: Kernels.all)
  func virtualAutoprobe(kernel: KernelVersion) throws {
    let host = HostValues.withVirtualFunctions(
      kernel, on: "e1000e", driversAutoprobe: .value(false))
    let byID = try host.run("new-id vfio-pci 8086:1c20", "bind D2 vfio-pci")
    #expect(byID[1].outcome == "ENODEV at bind")
    #expect(byID[1].rule == .vfAutoprobeOff)
    #expect(try host.answer("override D2 vfio-pci", "bind D2 vfio-pci") == "accepted")
  }

  @Test("13.40: dynamic ids and vfio-pci.ids cannot be read, so a bind may depend on them")
  func dynamicIDs() throws {
    let host = HostValues(KernelVersion(6, 12, 107), nil)
    #expect(try host.answer("bind D1 vfio-pci") == "undetermined at bind")
    #expect(try host.answer("remove-id vfio-pci 8086:1c20") == "undetermined at remove_id")
    #expect(
      try host.answer("new-id vfio-pci 8086:1c20", "unbind D1", "bind D1 vfio-pci") == "accepted")
  }

  @Test("13.41: driver_override makes any driver match", arguments: Kernels.all)
  func anyDriver(kernel: KernelVersion) throws {
    let host = HostValues(kernel, nil)
    let last = try host.run("override D1 nvme", "bind D1 nvme").last
    // The write reaches the probe, which does not know the device.
    #expect(last?.verdict == .undetermined([.foreignDevice("nvme", "0000:01:01.0")]))
    #expect(try host.answer("override D1 vfio-pci", "bind D1 vfio-pci") == "accepted")
  }

  @Test(
    "13.42: CDX drops the refusal", arguments: [KernelVersion(6, 6, 17), KernelVersion(7, 3, 4)])
  func cdx(kernel: KernelVersion) throws {
    var host = HostValues(kernel)
    host.add("vfio-cdx", bus: .cdx)
    host.add(nil, bus: .cdx, override: .value(.driver("fpga")))
    host.drivers[.cdx]?.insert("fpga")
    let last = try host.run("open D1", "bind D2 fpga")[1]
    #expect(last.outcome == "accepted")
    #expect(last.dependsOn.first == .assumed(.busIgnoresRefusal))
    #expect(last.state.ownership(of: 1).isClaimed == true)
  }

  @Test(
    "13.45: no-IOMMU mode beside an IOMMU",
    arguments: [
      (KernelVersion(5, 10, 223), "ENODEV at bind"), (KernelVersion(5, 17), "EINVAL at bind"),
      (KernelVersion(5, 18), "undetermined at bind"), (KernelVersion(5, 19), "accepted"),
    ])
  func noIOMMU(kernel: KernelVersion, answer: String) throws {
    var host = HostValues(kernel, "e1000e")
    host.add(nil, group: nil, override: .value(.driver("vfio-pci")))
    host.vfio.noIOMMUMode = .value(true)
    #expect(try host.answer("bind D2 vfio-pci") == answer)
  }

  @Test("13.48: binding to the same driver twice is refused", arguments: Kernels.all)
  func twice(kernel: KernelVersion) throws {
    let answer = try HostValues(kernel, nil).answer(
      "bind D1 snd_hda_intel", "bind D1 snd_hda_intel")
    #expect(answer == (kernel.hidesProbeErrors ? "ENODEV at bind" : "EBUSY at bind"))
  }

  @Test(
    "13.49: Intel's accelerators are denied from some stable levels on",
    arguments: [
      ("6.1.90", "accepted"), ("6.1.91", "EINVAL at bind"), ("6.8.9", "accepted"),
      ("6.8.10", "EINVAL at bind"), ("6.6.17", "accepted"), ("6.12.107", "EINVAL at bind"),
      ("6.10", "undetermined at bind"),
    ])
  func accelerators(release: String, answer: String) throws {
    let kernel = try #require(KernelVersion(release: release))
    var host = HostValues(kernel)
    host.add(nil, id: "8086:0b25")
    #expect(try host.answer("override D1 vfio-pci", "bind D1 vfio-pci") == answer)
    host.vfio.denylistDisabled = .value(true)
    #expect(try host.answer("override D1 vfio-pci", "bind D1 vfio-pci") == "accepted")
  }

  @Test("13.50: the denylist does not apply to variant drivers", arguments: Kernels.new)
  func variants(kernel: KernelVersion) throws {
    var host = HostValues(kernel)
    host.add(nil, id: "8086:0435")
    #expect(try host.answer("override D1 vfio-pci", "bind D1 vfio-pci") == "EINVAL at bind")
    #expect(
      try host.answer("override D1 mlx5_vfio_pci", "bind D1 mlx5_vfio_pci") == "accepted")
  }

  @Test(
    "13.54: DMA that is not cache coherent is refused at bind from 5.19", arguments: Kernels.all)
  func coherency(kernel: KernelVersion) throws {
    var host = HostValues(kernel)
    host.iommu = IOMMUInstance(name: "smmu3.0x0000000009050000", vendor: .other)
    host.add(nil)
    let last = try host.run("override D1 vfio-pci", "bind D1 vfio-pci")[1]
    #expect(last.outcome == "accepted")
    #expect(last.dependsOn.contains(.assumed(.coherentDMA(host[1].name))) == !kernel.isOld)
  }
}
