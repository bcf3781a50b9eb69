import HostModel

/// What to do about devices without an IOMMU, on the machine that they are in.
enum NoIOMMUGroupAdvice {
  static func remedy(for devices: [Device], on host: ObservedHost) -> String {
    let them = devices.count == 1 ? "it" : "them"
    if host.firmware.iommuTables.isAbsent {
      // No ACPI: a device tree, or a container that hides the tables.
      return "on a machine with a device tree, a controller without iommus property has no IOMMU, "
        + "and no option changes that: \(noIOMMUMode(on: host))"
    }
    let serves = "no IOMMU that is switched on serves \(them)"
    let isIntel = host.iommus.contains { $0.vendor == .intel }
    if isIntel, devices.contains(where: \.isIntelGraphics) {
      return "\(serves); boot with intel_iommu=on, which covers Intel's graphics too"
    }
    return "\(serves); see the firmware set-up"
  }

  /// How VFIO takes a device without an IOMMU, and what that costs.
  static func noIOMMUMode(on host: ObservedHost) -> String {
    let parameter = "/sys/module/vfio/parameters/enable_unsafe_noiommu_mode"
    let way =
      switch host.vfio.noIOMMUMode {
      case .value: "write 1 to \(parameter)"
      case .absent:
        "modprobe vfio enable_unsafe_noiommu_mode=1, if the kernel has CONFIG_VFIO_NOIOMMU"
      case .unread: "switch on enable_unsafe_noiommu_mode of vfio"
      }
    return "without isolation, for root and DPDK only: \(way), then bind the device again"
  }
}

extension Device {
  /// Class 03, of Intel.
  fileprivate var isIntelGraphics: Bool {
    identity.value.map { $0.vendor == 0x8086 && $0.deviceClass.base == 0x03 } == true
  }
}
