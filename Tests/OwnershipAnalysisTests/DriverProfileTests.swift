import HostModel
import OwnershipAnalysis
import Testing

@Suite("Drivers that manage DMA themselves, by the table of kernel-rules §5.1")
struct DriverProfileTests {
  private func policy(
    _ driver: DriverName, on bus: BusName = .pci, in version: KernelVersion,
    vfioDevices: Reading<[VFIODeviceNode]> = .absent
  ) -> DriverPolicy {
    let device = Device(
      name: "0000:01:00.0", bus: bus, path: "sys/devices/pci0000:00/0000:01:00.0",
      driver: .value(driver), vfioDevices: vfioDevices)
    return DriverPolicy(of: device)
  }

  @Test(
    "a VFIO driver of the table is recognized on its bus",
    arguments: [
      ("vfio-pci", "pci", KernelVersion(5, 10)), ("mlx5_vfio_pci", "pci", KernelVersion(5, 19)),
      ("hisi_acc_vfio_pci", "pci", KernelVersion(5, 19)),
      ("pds_vfio_pci", "pci", KernelVersion(6, 6)), ("virtio_vfio_pci", "pci", KernelVersion(6, 8)),
      ("nvgrace_gpu_vfio_pci", "pci", KernelVersion(6, 12)),
      ("qat_vfio_pci", "pci", KernelVersion(6, 12)), ("xe-vfio-pci", "pci", KernelVersion(6, 19)),
      ("ism_vfio_pci", "pci", KernelVersion(7, 0)),
      ("vfio-platform", "platform", KernelVersion(5, 10)),
      ("vfio-amba", "amba", KernelVersion(5, 10)), ("vfio-fsl-mc", "fsl-mc", KernelVersion(5, 10)),
      ("vfio-cdx", "cdx", KernelVersion(6, 6)),
    ])
  func vfio(driver: String, bus: String, since: KernelVersion) {
    #expect(policy(DriverName(driver), on: BusName(bus), in: since).isVFIO)
    #expect(policy(DriverName(driver), on: BusName(bus), in: KernelVersion(7, 3, 4)).isVFIO)
  }

  @Test(
    "a driver that is often taken for a stub counts as a kernel driver",
    arguments: [
      "shpchp", "pci-pf-stub", "pciback", "uio_pci_generic", "uio_pci_sva", "igb_uio",
      "snd_hda_intel", "i801_smbus", "lpc_ich", "vfio_pci", "mlx5-vfio-pci", "xe_vfio_pci",
      "not-vfio-pci",
    ])
  func kernelDrivers(driver: String) {
    #expect(policy(DriverName(driver), in: KernelVersion(6, 12)).isKernel)
  }

  @Test("a driver of the table is recognized on its own bus only")
  func otherBus() {
    #expect(policy("vfio-pci", on: .platform, in: KernelVersion(6, 12)).isKernel)
    #expect(policy("pci-stub", on: .platform, in: KernelVersion(6, 12)).isKernel)
  }

  @Test("a registration with VFIO proves an out-of-tree variant, whatever its name")
  func registration() {
    let nodes = [VFIODeviceNode(name: "vfio0", hasCharacterDevice: false)]
    #expect(
      policy("acme_gpu", in: KernelVersion(6, 12), vfioDevices: .value(nodes)).isVFIO)
    #expect(policy("acme_gpu", in: KernelVersion(6, 12), vfioDevices: .value([])).isKernel)
  }

  @Test("what an unlisted driver is, is unknown where the registration could not be read")
  func unreadRegistration() {
    let kernel = KernelVersion(6, 12)
    for failure in [ReadFailure.notAsked, .refused(.inputOutput)] {
      let unlisted = policy("acme_gpu", in: kernel, vfioDevices: .unread(failure))
      #expect(unlisted == .unread("acme_gpu", failure))
      #expect(policy("vfio-pci", in: kernel, vfioDevices: .unread(failure)).isVFIO)
      #expect(policy("igb_uio", in: kernel, vfioDevices: .unread(failure)).isKernel)
    }
  }

  @Test("each row cites the rulebook, and a driver has one row per bus")
  func rows() {
    for row in DriverProfiles.all { #expect(row.source.hasPrefix("kernel-rules §")) }
    let keys = DriverProfiles.all.map { "\($0.bus)/\($0.name)" }
    #expect(Set(keys).count == keys.count)
  }
}
