import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

/// What recordings of real kernels taught the model.
@Suite("Cases found by recordings")
struct RecordedCaseTests {
  @Test("a node whose devices the sequence unbound does not indicate a waiting unbind")
  func nodeOfTheCapture() throws {
    let host = HostValues(KernelVersion(6, 12, 107), "vfio-pci", nil)
    #expect(
      try host.answers("unbind D1", "override D2 snd_hda_intel", "bind D2 snd_hda_intel")
        == ["accepted", "accepted", "accepted"])
  }

  @Test("a second unbind waits for the first, and then succeeds")
  func secondUnbind() throws {
    let host = HostValues(KernelVersion(6, 12, 107), "vfio-pci")
    let answers = try host.run("open D1 as vm1", "unbind D1", "unbind D1", "close vm1")
    #expect(answers[2].outcome == "blocks at unbind")
    #expect(answers[3].ended.map(\.verdict) == [.accepted, .accepted])
  }

  @Test("a VF whose removal waits has no driver, and is removed when its user closes it")
  func removalWaits() throws {
    var host = HostValues(KernelVersion(6, 12, 107))
    let parent = HostPath.root / "sys/devices/pci0000:00/0000:01:01.0"
    let children = (2...3).map { HostPath.root / "sys/devices/pci0000:00/0000:01:0\($0).0" }
    host.add(
      "nvme", group: 1,
      sriov: .physical(
        PhysicalFunction(
          totalVFs: .value(4), virtualFunctions: children, driversAutoprobe: .value(true))))
    host.add(nil, group: 2, sriov: .virtual(physicalFunction: parent))
    host.add("vfio-pci", group: 3, sriov: .virtual(physicalFunction: parent))
    let answers = try host.run("open D3 as vm1", "numvfs D1 0", "close vm1")
    #expect(answers[1].outcome == "blocks at sriov_numvfs")
    #expect(answers[1].state.isRemoved(children[0]))
    #expect(!answers[1].state.isRemoved(children[1]))
    #expect(answers[1].state.driver(of: host[3]).isAbsent)
    #expect(answers[2].ended.map(\.call) == [.sriovNumVFs])
    #expect(answers[2].state.isRemoved(children[1]))
  }

  @Test("new_id binds every unbound device that matches, not only those with the new id")
  func newIDAttachesAll() throws {
    let host = HostValues(KernelVersion(6, 12, 107), nil)
    let answers = try host.run("override D1 pci-stub", "new-id pci-stub 1234:5678")
    #expect(answers[1].state.driver(of: host[1]).value == "pci-stub")
  }

  @Test("new_id may bind devices that match an earlier id, and says so")
  func newIDRemembersOtherIDs() throws {
    let host = HostValues(KernelVersion(6, 12, 107), "pci-stub")
    let answers = try host.run("unbind D1", "new-id pci-stub 1234:5678")
    let doubt = Assumption.doesNotMatch(
      "pci-stub", host[1].name, because: .dynamicIDs("pci-stub"))
    #expect(answers[1].dependsOn.contains(.assumed(doubt)))
  }

  @Test("pci-pf-stub leaves its VFs when it is unbound")
  func virtualFunctionsStay() throws {
    var host = HostValues(KernelVersion(6, 12, 107))
    let parent = HostPath.root / "sys/devices/pci0000:00/0000:01:01.0"
    let child = HostPath.root / "sys/devices/pci0000:00/0000:01:02.0"
    host.add(
      "pci-pf-stub", group: 1, override: .value(.driver("vfio-pci")),
      sriov: .physical(
        PhysicalFunction(
          totalVFs: .value(4), virtualFunctions: [child], driversAutoprobe: .value(true))))
    host.add(nil, group: 2, sriov: .virtual(physicalFunction: parent))
    #expect(try host.answer("unbind D1", "bind D1 vfio-pci") == "EBUSY at bind")
  }

  @Test("a device that its last driver left enabled is not in use without an open file")
  func enabledAndClosed() throws {
    var host = HostValues(KernelVersion(6, 12, 107), "vfio-pci")
    host[1].activity.enableCount = .value(4)
    host[1].activity.runtimeStatus = .value("active")
    #expect(try host.answer("open D1 as vm1") == "accepted")
    host.vfio.openFiles = OpenFileScan(files: [], coverage: .partial)
    #expect(try host.answer("open D1 as vm1") == "EBUSY at open")
  }

  @Test("opening a VF that shares a group with its function never returns before 5.19")
  func tokenDeadlock() throws {
    for kernel in [Kernels.old, Kernels.lastOld, KernelVersion(6, 1, 176)] {
      var host = HostValues(kernel)
      let parent = HostPath.root / "sys/devices/pci0000:00/0000:01:01.0"
      let child = HostPath.root / "sys/devices/pci0000:00/0000:01:02.0"
      host.add(
        nil,
        sriov: .physical(
          PhysicalFunction(
            totalVFs: .value(4), virtualFunctions: [child], driversAutoprobe: .value(true))))
      host.add("vfio-pci", sriov: .virtual(physicalFunction: parent))
      #expect(
        try host.answers("open D2 as vm1", "open-node 1 as vm2", "close vm1")
          == (kernel.isOld
            ? ["blocks at GET_DEVICE_FD", "EBUSY at open", "blocks at close"]
            : ["accepted", "EBUSY at open", "accepted"]))
    }
  }

  @Test("without power management an enabled device on vfio-pci counts as open")
  func enabledWithoutPowerManagement() throws {
    var host = HostValues(KernelVersion(7, 2, 13), "vfio-pci")
    host[1].activity.enableCount = .value(1)
    host.vfio.openFiles = OpenFileScan(files: [], coverage: .partial)
    #expect(try host.answer("open D1 as vm1") == "EBUSY at open")
  }

  @Test("a device for which VFIO made a no-IOMMU group can be opened once")
  func openWithoutIOMMU() throws {
    var host = HostValues(KernelVersion(7, 2, 13), "vfio-pci")
    host.add(nil, group: nil)
    host.vfio.noIOMMUMode = .value(true)
    #expect(
      try host.answers(
        "override D2 vfio-pci", "bind D2 vfio-pci", "open D2 as vm1", "open D2 as vm2",
        "unbind D2")
        == ["accepted", "accepted", "accepted", "EBUSY at open", "blocks at unbind"])
    guard
      case .undetermined = try host.run("override D2 vfio-pci", "bind D2 vfio-pci", "open D1 D2")[2]
        .verdict
    else {
      Issue.record("whether a container takes both was not read")
      return
    }
  }

  @Test("shpchp matches a bridge, and pcieport is tried first")
  func driversOfBridges() throws {
    var host = HostValues(KernelVersion(6, 12, 107))
    host.add(nil, bridge: true, deviceClass: 0x060400)
    #expect(try host.answer("bind D1 shpchp") == "accepted")
    let answers = try host.run("probe D1")
    #expect(answers[0].state.driver(of: host[1]).value == "pcieport")
    #expect(answers[0].dependsOn.contains(.assumed(.probeAccepts("pcieport", host[1].name))))
  }

  @Test("a removed id does not match any more, and cannot be removed again")
  func removedID() throws {
    let host = HostValues(KernelVersion(6, 12, 107), nil)
    #expect(
      try host.answers(
        "new-id pci-stub 8086:1c20", "unbind D1", "remove-id pci-stub 8086:1c20",
        "bind D1 pci-stub", "remove-id pci-stub 8086:1c20")
        == ["accepted", "accepted", "accepted", "ENODEV at bind", "ENODEV at remove_id"])
  }

  @Test("after a failed probe the next driver that matches is tried")
  func probeGoesOn() throws {
    var host = HostValues(KernelVersion(6, 12, 107))
    host.add(nil, bridge: true, deviceClass: 0x060400)
    let answers = try host.run("override D1 -", "new-id vfio-pci 8086:1c20", "probe D1")
    #expect(answers.map(\.outcome) == ["accepted", "accepted", "accepted"])
    #expect(answers[2].state.driver(of: host[1]).value == "pcieport")
  }
}
