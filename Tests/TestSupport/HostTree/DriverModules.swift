package import HostModel

/// Which module a driver comes from, where its name does not show it.
package enum DriverModules {
  /// Drivers that register their devices with VFIO (kernel-rules §5.1).
  package static let vfioDrivers: Set<DriverName> = [
    "vfio-pci", "mlx5_vfio_pci", "hisi_acc_vfio_pci", "pds_vfio_pci", "virtio_vfio_pci",
    "nvgrace_gpu_vfio_pci", "qat_vfio_pci", "xe-vfio-pci", "ism_vfio_pci",
    "vfio-platform", "vfio-amba", "vfio-fsl-mc", "vfio-cdx",
  ]

  /// Drivers that a distribution's kernel has built in.
  private static let builtIn: Set<DriverName> = ["pcieport", "shpchp", "serial", "fsl-pci"]

  private static let names: [DriverName: ModuleName] = [
    "ehci-pci": "ehci_pci",
    "i801_smbus": "i2c_i801",
    "intel-lpss": "intel_lpss_pci",
    "intel-spi": "spi_intel_pci",
    "mei_me": "mei_me",
    "ohci-pci": "ohci_pci",
    "pciback": "xen_pciback",
    "piix4_smbus": "i2c_piix4",
    "proc_thermal_pci": "processor_thermal_device_pci",
    "skl_uncore": "intel_uncore",
    "snb_uncore": "intel_uncore",
    "sof-audio-pci-intel-tgl": "snd_sof_pci_intel_tgl",
    "uio_pci_sva": "uio_pci_generic_sva",
    "virtio-pci": "virtio_pci",
    "xhci_hcd": "xhci_pci",
  ]

  /// The module of a driver; `nil` when it is built in.
  package static func module(of driver: DriverName) -> ModuleName? {
    if builtIn.contains(driver) { return nil }
    return names[driver] ?? ModuleName(String(driver.text.map { $0 == "-" ? "_" : $0 }))
  }

  package static func registered(_ driver: DriverName, on bus: BusName) -> Driver {
    Driver(
      bus: bus, name: driver,
      module: module(of: driver).map(Reading.value) ?? .absent)
  }

  /// The parameters that an ordinary module shows (kernel-rules §6.2).
  package static let ordinaryParameters: [ModuleName: [String: String]] = [
    "vfio_pci": [
      "disable_denylist": "N", "disable_idle_d3": "N", "disable_vga": "N", "enable_sriov": "N",
      "nointxmask": "N",
    ],
    "vfio_iommu_type1": [
      "allow_unsafe_interrupts": "N", "disable_hugepages": "N", "dma_entry_limit": "65535",
    ],
    "vfio_platform": ["reset_required": "Y"],
    "iommufd": ["allow_unsafe_interrupts": "N"],
  ]
}
