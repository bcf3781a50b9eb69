import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

/// The vectors of kernel-rules §16 that bind or unbind, asked of the model.
@Suite("Vectors: binds")
struct BindVectorTests {
  /// D1 on vfio-pci, D2 driverless and meant for snd_hda_intel by its id.
  private func pair(_ kernel: KernelVersion) -> HostValues { HostValues(kernel, "vfio-pci", nil) }

  @Test("16.1: vfio-pci beside a kernel driver", arguments: Kernels.all)
  func besideKernelDriver(kernel: KernelVersion) throws {
    let host = HostValues(kernel, "e1000e", "snd_hda_intel")
    #expect(
      try host.answer("override D1 vfio-pci", "unbind D1", "bind D1 vfio-pci") == "accepted")
  }

  @Test("16.4: a kernel driver into a claimed group", arguments: Kernels.all)
  func intoClaimedGroup(kernel: KernelVersion) throws {
    let transitions = try pair(kernel).run("open D1", "bind D2 snd_hda_intel")
    #expect(transitions[1].outcome == (kernel.isOld ? "crashes at bind" : "EBUSY at bind"))
    #expect(
      transitions[1].rule
        == (kernel.isOld ? .liveGroupAutoprobe : .kernelDriverInClaimedGroup))
    #expect(transitions[1].state.difference.isCrashed == kernel.isOld)
  }

  @Test("16.5: drivers_probe in a claimed group", arguments: Kernels.all)
  func probe(kernel: KernelVersion) throws {
    let answer = try pair(kernel).answer("open D1", "probe D2")
    #expect(answer == (kernel.isOld ? "crashes at drivers_probe" : "EINVAL at drivers_probe"))
  }

  @Test("16.6: new_id in a claimed group", arguments: Kernels.all)
  func newID(kernel: KernelVersion) throws {
    var host = HostValues(kernel, "vfio-pci")
    host.add(nil, id: "10de:0fbb")
    let last = try host.run("open D1", "new-id snd_hda_intel 10de:0fbb")[1]
    // Before 5.19 the kernel crashes if the probe accepts a device that its table does not have.
    #expect(last.outcome == (kernel.isOld ? "undetermined at new_id" : "accepted"))
    #expect(last.state.driver(of: host[2]).isAbsent)
    if kernel.isOld {
      #expect(last.verdict.doubts == [.foreignDevice("snd_hda_intel", host[2].name)])
    }
  }

  @Test("16.7: vfio-pci and pci-stub into a claimed group", arguments: Kernels.all)
  func managed(kernel: KernelVersion) throws {
    for driver in ["vfio-pci", "pci-stub"] {
      #expect(
        try pair(kernel).answer("open D1", "override D2 \(driver)", "bind D2 \(driver)")
          == "accepted")
    }
  }

  @Test(
    "16.8: a kernel driver beside an open group file without a container", arguments: Kernels.all)
  func openNodeWithoutContainer(kernel: KernelVersion) throws {
    #expect(try pair(kernel).answer("open-node 1", "bind D2 snd_hda_intel") == "accepted")
  }

  @Test("16.9: a kernel driver beside an unopened vfio-pci", arguments: Kernels.all)
  func intoUnclaimedGroup(kernel: KernelVersion) throws {
    let host = pair(kernel)
    let after = try host.run("bind D2 snd_hda_intel")[0]
    #expect(after.outcome == "accepted")
    #expect(
      after.effects == [
        .stopsBeingViable(1, [Culprit(device: "0000:01:02.0", driver: "snd_hda_intel")])
      ])
    let open = try host.answer("bind D2 snd_hda_intel", "open D1")
    #expect(open == (kernel.isOld ? "EINVAL at GET_DEVICE_FD" : "EPERM at SET_CONTAINER"))
  }

  @Test("16.16: vfio-pci on a device without a group", arguments: Kernels.all)
  func withoutGroup(kernel: KernelVersion) throws {
    var host = HostValues(kernel)
    host.add(nil, group: nil)
    let answer = try host.answer("override D1 vfio-pci", "bind D1 vfio-pci")
    #expect(answer == (kernel.hidesProbeErrors ? "ENODEV at bind" : "EINVAL at bind"))
  }

  @Test("16.17: vfio-pci on a bridge", arguments: Kernels.all)
  func bridge(kernel: KernelVersion) throws {
    var host = HostValues(kernel)
    host.add(nil, bridge: true, deviceClass: 0x060400)
    let answer = try host.answer("override D1 vfio-pci", "bind D1 vfio-pci")
    #expect(answer == (kernel.hidesProbeErrors ? "ENODEV at bind" : "EINVAL at bind"))
  }

  @Test("16.18: vfio-pci on a physical function with VFs", arguments: Kernels.all)
  func physicalFunction(kernel: KernelVersion) throws {
    let host = HostValues.withVirtualFunctions(kernel, on: nil)
    let answer = try host.answer("override D1 vfio-pci", "bind D1 vfio-pci")
    #expect(answer == (kernel.hidesProbeErrors ? "ENODEV at bind" : "EBUSY at bind"))
  }

  @Test("16.19: vfio-pci on a device that has it already", arguments: Kernels.all)
  func again(kernel: KernelVersion) throws {
    let answer = try HostValues(kernel, "vfio-pci").answer(
      "override D1 vfio-pci", "bind D1 vfio-pci")
    #expect(answer == (kernel.hidesProbeErrors ? "ENODEV at bind" : "EBUSY at bind"))
  }

  @Test("16.20: a driver that driver_override does not name", arguments: Kernels.all)
  func otherOverride(kernel: KernelVersion) throws {
    var host = HostValues(kernel)
    host.add(nil, override: .value(.driver("vfio-pci")))
    #expect(try host.answer("bind D1 e1000e") == "ENODEV at bind")
  }

  @Test("16.21: unbind of a device in use", arguments: Kernels.all)
  func unbindInUse(kernel: KernelVersion) throws {
    #expect(try HostValues(kernel, "vfio-pci").answer("open D1", "unbind D1") == "blocks at unbind")
  }

  @Test("16.22: unbind beside a device in use, then a kernel driver", arguments: Kernels.all)
  func unbindBesideUse(kernel: KernelVersion) throws {
    let host = HostValues(kernel, "vfio-pci", "vfio-pci")
    #expect(
      try host.answers("open D1", "unbind D2", "bind D2 snd_hda_intel")
        == ["accepted", "accepted", kernel.isOld ? "crashes at bind" : "EBUSY at bind"])
  }

  @Test("16.23: VFs of a physical function on vfio-pci", arguments: Kernels.all)
  func virtualFunctions(kernel: KernelVersion) throws {
    var host = HostValues(kernel)
    host.add(
      "vfio-pci",
      sriov: .physical(
        PhysicalFunction(totalVFs: .value(8), virtualFunctions: [], driversAutoprobe: .absent)))
    host.vfio.sriovEnabled = .value(false)
    #expect(try host.answer("numvfs D1 2") == "ENOENT at sriov_numvfs")
  }

  @Test("16.26: the type of a group whose only device is on vfio-pci", arguments: Kernels.all)
  func typeOfOne(kernel: KernelVersion) throws {
    let answer = try HostValues(kernel, "vfio-pci").answer("group-type 1 identity")
    switch kernel.series {
    case ..<KernelVersion(5, 11): #expect(answer == "EACCES at type")
    case ..<KernelVersion(6, 4): #expect(answer == "EBUSY at type")
    default: #expect(answer == "accepted")
    }
  }

  @Test("16.27: the type of a mixed group", arguments: Kernels.all)
  func typeOfMixed(kernel: KernelVersion) throws {
    let answer = try HostValues(kernel, "vfio-pci", "nvme").answer("group-type 1 identity")
    switch kernel.series {
    case ..<KernelVersion(5, 11): #expect(answer == "EACCES at type")
    case ..<KernelVersion(6, 4): #expect(answer == "EINVAL at type")
    default: #expect(answer == "EPERM at type")
    }
  }

  @Test(
    "16.28: a kernel driver into a claimed CDX group",
    arguments: Kernels.new.filter { $0 >= KernelVersion(6, 6) })
  func cdx(kernel: KernelVersion) throws {
    var host = HostValues(kernel)
    host.add("vfio-cdx", bus: .cdx)
    host.add(nil, bus: .cdx)
    host.drivers[.cdx]?.insert("fpga")
    let last = try host.run("open D1", "override D2 fpga", "bind D2 fpga").last
    #expect(last?.outcome == "accepted")
    #expect(last?.state.kernelCount(of: host.groups[1] ?? host.observed.groups[0]) == 0)
  }
}

extension HostValues {
  /// D1 with two VFs, D2 and D3, each in a separate group.
  static func withVirtualFunctions(
    _ kernel: KernelVersion, on driver: DriverName?, virtualOn: DriverName? = nil,
    driversAutoprobe: Reading<Bool> = .value(true)
  ) -> HostValues {
    var host = HostValues(kernel)
    let parent = host.add(driver)
    let virtual = (2...3).map {
      host.add(
        virtualOn, group: GroupNumber(UInt32($0)), sriov: .virtual(physicalFunction: parent))
    }
    host[1].sriov = .physical(
      PhysicalFunction(
        totalVFs: .value(8), virtualFunctions: virtual, driversAutoprobe: driversAutoprobe))
    return host
  }
}
