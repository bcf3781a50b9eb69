import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

/// The cases of kernel-rules §13 about who uses a group, and what waits for them.
@Suite("Edge cases: use")
struct UseEdgeCaseTests {
  static let newest = KernelVersion(7, 3, 4)

  @Test("13.4: an open group file without a container claims nothing", arguments: Kernels.all)
  func openNodeWithoutContainer(kernel: KernelVersion) throws {
    let last = try HostValues(kernel, "vfio-pci", nil).run("open-node 1", "bind D2 snd_hda_intel")[
      1]
    #expect(last.outcome == "accepted")
    #expect(last.state.ownership(of: 1) == .unclaimed)
  }

  @Test("13.12: the BUG of regime A needs a container, and depends on the new device only")
  func crash() throws {
    var host = HostValues(Kernels.old, "vfio-pci", "e1000e", nil)
    #expect(try host.answer("bind D3 snd_hda_intel") == "accepted")
    #expect(try host.answer("open-node 1", "bind D3 snd_hda_intel") == "accepted")
    host.assumptions = [1: .somebody]
    #expect(try host.answer("bind D3 snd_hda_intel") == "crashes at bind")
    #expect(try host.answer("override D3 pci-stub", "bind D3 pci-stub") == "accepted")
  }

  @Test("13.23: a missing driver link can mean a waiting unbind", arguments: Kernels.all)
  func halfUnbound(kernel: KernelVersion) throws {
    var host = HostValues(kernel, nil)
    host[1].vfioDevices = .value([VFIODeviceNode(name: "vfio0", hasCharacterDevice: false)])
    #expect(
      try host.answer("bind D1 snd_hda_intel")
        == (kernel.hidesProbeErrors ? "ENODEV at bind" : "blocks at bind"))
    var nodeOnly = HostValues(kernel, nil)
    nodeOnly.vfio.groupNodes = .value([VFIOGroupNode(group: 1, isNoIOMMU: false)])
    // Up to 6.0 an old group file can keep the node.
    let isCertain = kernel >= KernelVersion(6, 1)
    let answer = try nodeOnly.answer("bind D1 snd_hda_intel")
    #expect(answer == (isCertain ? "blocks at bind" : "undetermined at bind"))
    nodeOnly.add(nil)
    #expect(try nodeOnly.answer("bind D1 snd_hda_intel") == "undetermined at bind")
  }

  @Test("13.28: EPERM is about drivers at SET_CONTAINER and about interrupts at SET_IOMMU")
  func notPermitted() throws {
    var host = HostValues(Self.newest, "vfio-pci", "e1000e")
    #expect(try host.run("open D1")[0].rule == .mixedGroup)
    host.remapping = .inactive
    #expect(try host.answer("open D1") == "EPERM at SET_CONTAINER")
    let last = try host.run("unbind D2", "open D1")[1]
    #expect(last.outcome == "EPERM at SET_IOMMU")
    #expect(last.rule == .unsafeInterrupts)
  }

  @Test("13.29: type1 and iommufd have separate allow_unsafe_interrupts")
  func twoParameters() throws {
    var host = HostValues(Self.newest, "vfio-pci")
    host.remapping = .inactive
    host.vfio.unsafeInterrupts = .value(true)
    #expect(try host.answer("open D1") == "accepted")
    #expect(try host.answer("open-cdev D1") == "EPERM at BIND_IOMMUFD")
    host.vfio.unsafeInterrupts = .value(false)
    host.vfio.iommufdUnsafeInterrupts = .value(true)
    #expect(try host.answer("open D1") == "EPERM at SET_IOMMU")
    #expect(try host.answer("open-cdev D1") == "accepted")
  }

  @Test("13.30: iommufd tests interrupts first, the container tests ownership first")
  func order() throws {
    var host = HostValues(Self.newest, "vfio-pci", "e1000e")
    host.remapping = .inactive
    #expect(try host.run("open D1")[0].rule == .mixedGroup)
    #expect(try host.run("open-cdev D1")[0].rule == .unsafeInterrupts)
  }

  @Test("13.31: one iommufd can have all devices of a group; its node has one holder")
  func owners() throws {
    let host = HostValues(Self.newest, "vfio-pci", "vfio-pci")
    #expect(try host.answer("open-cdev D1 D2") == "accepted")
    #expect(
      try host.answer("open-cdev D1 as one", "open-cdev D2 as two") == "EPERM at BIND_IOMMUFD")
    #expect(try host.answer("open D1 as one", "open D2 as two") == "EBUSY at open")
    #expect(try host.answer("open D1 D2 as one") == "accepted")
  }

  @Test("13.32: an open cdev blocks unbind, an open group file refuses BIND_IOMMUFD")
  func openNodes() throws {
    var host = HostValues(Self.newest, "vfio-pci")
    #expect(try host.answer("open-node 1", "open-cdev D1") == "EBUSY at BIND_IOMMUFD")
    host.vfio.openFiles = OpenFileScan(
      files: [
        OpenVFIOFile(process: 7, command: "vmm", descriptor: 3, target: .deviceNode("vfio1"))
      ], coverage: .complete)
    host.assumptions = [1: .unclaimed]
    #expect(try host.answer("unbind D1") == "blocks at unbind")
    #expect(try host.answer("open D1") == "accepted")
  }

  @Test("13.33: whether the claim outlives the last unbind of a group", arguments: Kernels.all)
  func lastUnbind(kernel: KernelVersion) throws {
    var host = HostValues(kernel, "vfio-pci")
    host.assumptions = [1: .somebody]
    let answers = try host.answers("unbind D1", "bind D1 snd_hda_intel")
    switch kernel.series {
    case ..<KernelVersion(5, 19): #expect(answers[0] == "blocks at unbind")
    case ..<KernelVersion(6, 1): #expect(answers == ["accepted", "EBUSY at bind"])
    default: #expect(answers == ["accepted", "accepted"])
    }
  }

  @Test("13.34: whether a node outlives the last VFIO device", arguments: Kernels.all)
  func staleNode(kernel: KernelVersion) throws {
    let host = HostValues(kernel, "vfio-pci")
    let answer = try host.answer("open-node 1 as old", "unbind D1", "open-node 1")
    let stays = kernel < KernelVersion(6, 1)
    #expect(answer == (stays ? "EBUSY at open" : "ENOENT at open"))
    let closed = try host.answer("open-node 1 as old", "unbind D1", "close old", "open-node 1")
    #expect(closed == "ENOENT at open")
    // A group that was revoked does not refuse an open when its node comes again.
    let again = try host.answer(
      "open-node 1 as old", "unbind D1", "override D1 vfio-pci", "bind D1 vfio-pci", "open D1")
    #expect(again == (stays ? "EBUSY at open" : "accepted"))
  }

  @Test("13.35: a group can be in use without an open node", arguments: Kernels.all)
  func useWithoutNode(kernel: KernelVersion) throws {
    var host = HostValues(kernel, "vfio-pci")
    host.assumptions = [1: .somebody]
    #expect(try host.answer("open D1") == "EBUSY at open")
  }

  @Test("13.36: a device file without a device's name does not make a group claimed")
  func namelessFile() throws {
    var host = HostValues(Self.newest, "vfio-pci")
    func open(_ path: HostPath?) -> [ClaimAssessment.State] {
      host.vfio.openFiles = OpenFileScan(
        files: [OpenVFIOFile(process: 7, command: "vmm", descriptor: 3, target: .device(path))],
        coverage: .complete)
      return host.audit.groups.map(\.claim.state)
    }
    #expect(open(nil) == [.unclaimed])
    #expect(open(host[1].path) == [.claimed])
    #expect(try host.answer("unbind D1") == "blocks at unbind")
  }

  @Test("13.37: removing a device in use waits; unloading a module in use is refused")
  func waiting() throws {
    let host = HostValues.withVirtualFunctions(
      KernelVersion(6, 12, 107), on: "e1000e", virtualOn: "vfio-pci")
    #expect(try host.answer("open D2 as vm", "unbind D2") == "blocks at unbind")
    #expect(try host.answer("open D2 as vm", "numvfs D1 0") == "blocks at sriov_numvfs")
    #expect(try host.answer("open D2 as vm", "rmmod vfio_pci") == "EAGAIN at delete_module")
    let answers = try host.run(
      "open D2 as vm", "unbind D2", "bind D2 e1000e", "rmmod vfio-pci", "close vm")
    #expect(
      answers.map(\.outcome)
        == [
          "accepted", "blocks at unbind", "blocks at bind", "EAGAIN at delete_module",
          "accepted",
        ])
    let removed = try host.run("open D2 as vm", "numvfs D1 0", "close vm")[2]
    #expect(removed.effects.first?.code == "waiting-ended")
    #expect(removed.state.isRemoved(host[2].path) && removed.state.isRemoved(host[3].path))
  }

  @Test(
    "13.37: an operation that waits for the lock of an unbind continues when it ends",
    arguments: Kernels.all)
  func waitingBind(kernel: KernelVersion) throws {
    let host = HostValues(kernel, "vfio-pci")
    let steps = try host.run(
      "open D1 as vm", "unbind D1", "bind D1 snd_hda_intel", "probe D1", "close vm")
    let waits = !kernel.hidesProbeErrors
    #expect(steps[2].outcome == (waits ? "blocks at bind" : "ENODEV at bind"))
    // Until remove returns the kernel takes the device as bound.
    #expect(steps[3].outcome == "accepted")
    #expect(steps[4].state.driver(of: host[1]).value == (waits ? "snd_hda_intel" : nil))
    #expect(
      steps[4].state.difference.pending.all.isEmpty && steps[4].state.difference.waiting.isEmpty)
  }

  @Test("a second unbind waits for the unbind of its device, not for that of another")
  func waitingForAnotherDevice() throws {
    var host = HostValues(KernelVersion(6, 12, 107), "vfio-pci")
    host.add("vfio-pci", group: 2)
    let steps = try host.run(
      "open D1 as a", "open D2 as b", "unbind D1", "unbind D2", "unbind D2", "close a", "close b")
    #expect(steps[4].outcome == "blocks at unbind")
    // The release of D1 ends nothing that concerns D2.
    #expect(steps[5].answer.ended.map(\.operation) == [.unbind(host[1].path)])
    #expect(
      steps[6].answer.ended.map(\.operation) == [.unbind(host[2].path), .unbind(host[2].path)])
    #expect(steps[6].state.difference.waiting.isEmpty)
  }

  @Test("what waits for the lock of a physical function goes on after its sriov_numvfs")
  func waitingForThePhysicalFunction() throws {
    let host = HostValues.withVirtualFunctions(
      KernelVersion(6, 12, 107), on: "e1000e", virtualOn: "vfio-pci")
    let steps = try host.run("open D2 as vm", "numvfs D1 0", "unbind D1", "close vm")
    #expect(steps[2].outcome == "blocks at unbind")
    #expect(
      steps[3].answer.ended.map(\.operation)
        == [.numVFs(host[1].path, 0), .unbind(host[1].path)])
    #expect(steps[3].state.driver(of: host[1]).isAbsent)
  }

  @Test("13.39: creating VFs of a function on vfio-pci, or without a driver")
  func physicalFunction() throws {
    let kernel = KernelVersion(6, 12, 107)
    var host = HostValues.withVirtualFunctions(kernel, on: nil)
    #expect(try host.answer("override D1 vfio-pci", "bind D1 vfio-pci") == "EBUSY at bind")
    #expect(try host.answer("numvfs D1 1") == "ENOENT at sriov_numvfs")
    #expect(try host.answer("numvfs D1 2") == "accepted")
    #expect(try host.answer("numvfs D1 9") == "ERANGE at sriov_numvfs")
    host = HostValues.withVirtualFunctions(kernel, on: "e1000e")
    #expect(try host.answer("numvfs D1 1") == "EBUSY at sriov_numvfs")
    let free = try host.answers(
      "numvfs D1 0", "override D1 vfio-pci", "unbind D1", "bind D1 vfio-pci", "numvfs D1 2")
    #expect(free.last == "ENOENT at sriov_numvfs")
    host.vfio.sriovEnabled = .value(true)
    #expect(
      try host.answer(
        "numvfs D1 0", "override D1 vfio-pci", "unbind D1", "bind D1 vfio-pci", "numvfs D1 2")
        == "accepted")
  }

  @Test("13.52: a kernel without iommufd has no cdev")
  func noIOMMUFD() throws {
    var host = HostValues(KernelVersion(6, 12, 107))
    host.hasDeviceNodes = false
    host.add("vfio-pci")
    let last = try host.run("open-cdev D1")[0]
    #expect(last.outcome == "ENOENT at open")
    #expect(last.rule == .noVFIOCdev)
  }

  @Test(
    "13.53: VF tokens on the cdev path",
    arguments: [
      ("6.6.17", "accepted"), ("6.14", "accepted"), ("6.16", "undetermined at BIND_IOMMUFD"),
      ("6.18.2", "EACCES at BIND_IOMMUFD"), ("7.3.4", "EACCES at BIND_IOMMUFD"),
    ])
  func tokens(release: String, answer: String) throws {
    let kernel = try #require(KernelVersion(release: release))
    let host = HostValues.withVirtualFunctions(kernel, on: "vfio-pci", virtualOn: "vfio-pci")
    #expect(try host.answer("open-cdev D2") == answer)
    #expect(try host.answer("open D2") == "EACCES at GET_DEVICE_FD")
  }

  @Test("a device without an IOMMU has no device node before 7.3", arguments: Kernels.all)
  func cdevWithoutIOMMU(kernel: KernelVersion) throws {
    // Another device on VFIO shows that this kernel has nodes for devices.
    var host = HostValues(kernel, "vfio-pci")
    host.add("vfio-pci", group: nil)
    host.vfio.noIOMMUMode = .value(true)
    let last = try host.run("open-cdev D2")[0]
    guard kernel >= KernelVersion(7, 3) else {
      #expect(last.outcome == "ENOENT at open")
      return
    }
    #expect(last.verdict == .undetermined([.noIOMMUCdevConfiguration]))
  }

  @Test("a group that VFIO made up has no node for its device either")
  func cdevOfMadeUpGroup() throws {
    var host = HostValues(KernelVersion(6, 12, 107), "vfio-pci")
    host.add("vfio-pci", group: 9)
    host.groups[9]?.name = .value("vfio-noiommu")
    host.vfio.groupNodes = .value([
      VFIOGroupNode(group: 1, isNoIOMMU: false), VFIOGroupNode(group: 9, isNoIOMMU: true),
    ])
    #expect(try host.answer("open-cdev D2") == "ENOENT at open")
    // An emulated device has a group of this name too, and a node.
    host.vfio.groupNodes = .value([1, 9].map { VFIOGroupNode(group: $0, isNoIOMMU: false) })
    #expect(try host.answer("open-cdev D2") != "ENOENT at open")
  }

  @Test("the lock of driver_override is that of the device's own bus (§8.4)")
  func overrideLock() throws {
    let rows: [(bus: BusName, kernel: KernelVersion, outcome: String)] = [
      (.pci, KernelVersion(6, 12, 90), "blocks at driver_override"),
      (.pci, KernelVersion(6, 12, 91), "accepted"),
      (.platform, KernelVersion(6, 12, 79), "blocks at driver_override"),
      (.platform, KernelVersion(6, 12, 80), "accepted"),
      (.amba, KernelVersion(6, 12, 79), "blocks at driver_override"),
      (.amba, KernelVersion(6, 12, 80), "undetermined at driver_override"),
      (.amba, KernelVersion(7, 0), "accepted"),
      (.fslMC, KernelVersion(6, 6, 17), "undetermined at driver_override"),
      (.fslMC, KernelVersion(7, 0), "accepted"),
    ]
    for row in rows {
      var host = HostValues(row.kernel)
      let driver = DriverName("vfio-\(row.bus)")
      host.add(driver, bus: row.bus)
      var state = host.state
      state.add(PendingUnbind(device: host[1].path, driver: driver))
      let last = KernelModel.apply(.override(host[1].path, nil), to: state)
      #expect(last.outcome == row.outcome, "\(row.bus) on \(row.kernel)")
    }
  }

  @Test("an unbind that waits for a process of the host is not ended by another's close")
  func closeOfAnother() throws {
    var host = HostValues(Self.newest, "vfio-pci", "vfio-pci")
    host.add("vfio-pci", group: 2)
    host.takenInterrupts = [host[1].name]
    let steps = try host.run("unbind D1", "open D3 as vm", "close vm")
    #expect(steps.map(\.outcome) == ["blocks at unbind", "accepted", "accepted"])
    #expect(steps[2].ended.isEmpty)
    #expect(steps[2].state.difference.pending.all.map(\.device) == [host[1].path])
  }
}
