import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

/// The vectors of kernel-rules §16 that open a group or a device, asked of the model and the audit.
@Suite("Vectors: opens")
struct OpenVectorTests {
  /// What the model answers to an open of `D1`, which the audit must expect of the group.
  private func open(_ host: HostValues) throws -> String {
    let answer = try host.answer("open D1")
    #expect(host.viabilityText == (answer == "accepted" ? "viable" : answer))
    return answer
  }

  @Test("16.2: vfio-pci beside snd_hda_intel", arguments: Kernels.all)
  func mixed(kernel: KernelVersion) throws {
    let host = HostValues(kernel, "vfio-pci", "snd_hda_intel")
    #expect(
      try open(host) == (kernel.isOld ? "EINVAL at GET_DEVICE_FD" : "EPERM at SET_CONTAINER"))
    #expect(
      host.viability.obstacles.flatMap(\.culprits)
        == [Culprit(device: host[2].name, driver: "snd_hda_intel")])
  }

  @Test("16.3: vfio-pci beside a driverless device", arguments: Kernels.all)
  func driverless(kernel: KernelVersion) throws {
    #expect(try open(HostValues(kernel, "vfio-pci", nil)) == "accepted")
  }

  @Test("16.10: vfio-pci beside a bridge on pcieport", arguments: Kernels.all)
  func portBridge(kernel: KernelVersion) throws {
    var host = HostValues(kernel, "vfio-pci")
    host.add("pcieport", bridge: true, deviceClass: 0x060400)
    #expect(try open(host) == "accepted")
  }

  @Test("16.11: vfio-pci beside a bridge on shpchp", arguments: Kernels.all)
  func hotplugBridge(kernel: KernelVersion) throws {
    var host = HostValues(kernel, "vfio-pci")
    host.add("shpchp", bridge: true, deviceClass: 0x060400)
    #expect(try open(host) == (kernel.isOld ? "accepted" : "EPERM at SET_CONTAINER"))
    let rules = host.viability.obstacles.map(\.rule)
    #expect(rules == (kernel.isOld ? [] : [.bridgeDriverBlocks]))
  }

  @Test("16.12: vfio-pci beside an event collector on pcieport", arguments: Kernels.all)
  func eventCollector(kernel: KernelVersion) throws {
    var host = HostValues(kernel, "vfio-pci")
    host.add("pcieport", deviceClass: 0x080700)
    #expect(try open(host) == (kernel.isOld ? "EINVAL at GET_DEVICE_FD" : "accepted"))
    let rules = host.viability.obstacles.map(\.rule)
    #expect(rules == (kernel.isOld ? [.eventCollectorBlocks] : []))
  }

  @Test(
    "16.13: vfio-pci beside pci-pf-stub, which is not a stub as pci-stub is", arguments: Kernels.all
  )
  func physicalFunctionStub(kernel: KernelVersion) throws {
    let host = HostValues(kernel, "vfio-pci", "pci-pf-stub")
    #expect(
      try open(host) == (kernel.isOld ? "EINVAL at GET_DEVICE_FD" : "EPERM at SET_CONTAINER"))
    #expect(host.viability.obstacles.map(\.rule) == [.notAStub])
    #expect(try open(HostValues(kernel, "vfio-pci", "pci-stub")) == "accepted")
  }

  private static let regionKernels = Kernels.all + [KernelVersion(6, 2), KernelVersion(6, 5)]

  @Test("16.14: a direct region behind AMD's IOMMU", arguments: regionKernels)
  func directRegion(kernel: KernelVersion) throws {
    var host = HostValues(kernel, "vfio-pci")
    host.give(1, .direct)
    let isRefused = kernel >= KernelVersion(6, 6)
    #expect(try open(host) == (isRefused ? "EINVAL at SET_CONTAINER" : "accepted"))
    host.give(1, .directRelaxable)
    #expect(try open(host) == "accepted")
  }

  @Test("16.15: a network card's RMRR behind Intel's IOMMU", arguments: regionKernels)
  func networkRegion(kernel: KernelVersion) throws {
    var host = HostValues(kernel)
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
    #expect(try open(host) == answer)
    host.give(1, .directRelaxable)
    #expect(try open(host) == "accepted")
  }

  @Test("16.24: interrupts that are not isolated", arguments: Kernels.all)
  func unsafeInterrupts(kernel: KernelVersion) throws {
    var host = HostValues(kernel, "vfio-pci")
    host.remapping = .inactive
    #expect(try open(host) == "EPERM at SET_IOMMU")
    let hasCdev = kernel >= KernelVersion(6, 6)
    #expect(
      try host.answer("open-cdev D1") == (hasCdev ? "EPERM at BIND_IOMMUFD" : "ENOENT at open"))
    host.vfio.unsafeInterrupts = .value(true)
    #expect(try open(host) == "accepted")
  }

  @Test("16.25: a device bound by its cdev", arguments: Kernels.new)
  func cdev(kernel: KernelVersion) throws {
    let host = HostValues(kernel, "vfio-pci", "vfio-pci")
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
