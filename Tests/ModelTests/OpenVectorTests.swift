import HostModel
import OwnershipAnalysis
import Testing

/// The vectors of kernel-rules §16 that open a group or a device, asked of the model.
@Suite("Vectors: opens")
struct OpenVectorTests {
  @Test("16.2: vfio-pci beside snd_hda_intel", arguments: Kernels.all)
  func mixed(kernel: KernelVersion) throws {
    let host = LabHost(kernel, "vfio-pci", "snd_hda_intel")
    #expect(
      try host.answer("open D1")
        == (kernel.isOld ? "EINVAL at GET_DEVICE_FD" : "EPERM at SET_CONTAINER"))
    #expect(host.audit.groups[0].viability.word == "not-viable")
  }

  @Test("16.3: vfio-pci beside a driverless device", arguments: Kernels.all)
  func driverless(kernel: KernelVersion) throws {
    #expect(try LabHost(kernel, "vfio-pci", nil).answer("open D1") == "accepted")
  }

  @Test("16.10: vfio-pci beside a bridge on pcieport", arguments: Kernels.all)
  func portBridge(kernel: KernelVersion) throws {
    var host = LabHost(kernel, "vfio-pci")
    host.add("pcieport", bridge: true, deviceClass: 0x060400)
    #expect(try host.answer("open D1") == "accepted")
  }

  @Test("16.11: vfio-pci beside a bridge on shpchp", arguments: Kernels.all)
  func hotplugBridge(kernel: KernelVersion) throws {
    var host = LabHost(kernel, "vfio-pci")
    host.add("shpchp", bridge: true, deviceClass: 0x060400)
    #expect(try host.answer("open D1") == (kernel.isOld ? "accepted" : "EPERM at SET_CONTAINER"))
  }

  @Test("16.12: vfio-pci beside an event collector on pcieport", arguments: Kernels.all)
  func eventCollector(kernel: KernelVersion) throws {
    var host = LabHost(kernel, "vfio-pci")
    host.add("pcieport", deviceClass: 0x080700)
    #expect(try host.answer("open D1") == (kernel.isOld ? "EINVAL at GET_DEVICE_FD" : "accepted"))
  }

  @Test("16.13: vfio-pci beside pci-pf-stub", arguments: Kernels.all)
  func physicalFunctionStub(kernel: KernelVersion) throws {
    let host = LabHost(kernel, "vfio-pci", "pci-pf-stub")
    #expect(
      try host.answer("open D1")
        == (kernel.isOld ? "EINVAL at GET_DEVICE_FD" : "EPERM at SET_CONTAINER"))
  }

  @Test("16.14: a direct region behind AMD's IOMMU", arguments: Kernels.all)
  func directRegion(kernel: KernelVersion) throws {
    var host = LabHost(kernel, "vfio-pci")
    host.give(1, .direct)
    let isRefused = kernel >= KernelVersion(6, 6)
    #expect(try host.answer("open D1") == (isRefused ? "EINVAL at SET_CONTAINER" : "accepted"))
  }

  @Test(
    "16.15: a network card's RMRR behind Intel's IOMMU",
    arguments: Kernels.all + [KernelVersion(6, 2), KernelVersion(6, 5)])
  func networkRegion(kernel: KernelVersion) throws {
    var host = LabHost(kernel)
    host.iommu = IOMMUInstance(name: "dmar0", vendor: .intel)
    host.add("vfio-pci")
    host.give(1, .direct)
    let answer =
      switch kernel.series {
      case ..<KernelVersion(5, 19): "EPERM at SET_IOMMU"
      case ..<KernelVersion(6, 2): "EPERM at SET_CONTAINER"
      case ..<KernelVersion(6, 6): "EPERM at SET_IOMMU"
      default: "EINVAL at SET_CONTAINER"
      }
    #expect(try host.answer("open D1") == answer)
  }

  @Test("16.24: interrupts that are not isolated", arguments: Kernels.all)
  func unsafeInterrupts(kernel: KernelVersion) throws {
    var host = LabHost(kernel, "vfio-pci")
    host.remapping = .inactive
    #expect(try host.answer("open D1") == "EPERM at SET_IOMMU")
    let hasCdev = kernel >= KernelVersion(6, 6)
    #expect(
      try host.answer("open-cdev D1") == (hasCdev ? "EPERM at BIND_IOMMUFD" : "ENOENT at open"))
    host.vfio.unsafeInterrupts = .value(true)
    #expect(try host.answer("open D1") == "accepted")
  }

  @Test("16.25: a device bound by its cdev", arguments: Kernels.new)
  func cdev(kernel: KernelVersion) throws {
    let host = LabHost(kernel, "vfio-pci", "vfio-pci")
    guard kernel >= KernelVersion(6, 6) else {
      #expect(try host.answer("open-cdev D1 as f1") == "ENOENT at open")
      return
    }
    #expect(try host.answer("open-cdev D1 as f1", "open-cdev D2 as f1") == "accepted")
    #expect(
      try host.answer("open-cdev D1 as f1", "open-cdev D2 as f2") == "EPERM at BIND_IOMMUFD")
    #expect(try host.answer("open-cdev D1 as f1", "open D2") == "EBUSY at open")
    #expect(try host.answer("open-cdev D1 as f1", "open-node 1") == "EBUSY at open")
  }
}
