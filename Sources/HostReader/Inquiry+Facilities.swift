import HostModel

extension Inquiry {
  /// VFIO's nodes, module parameters and users.
  mutating func facilities(_ devices: [Device]) -> VFIOFacilities {
    let nodes = names(in: "sys/class/vfio").map { names in
      names.compactMap { VFIOGroupNode(name: $0) }
        .sorted { ($0.group, $0.name) < ($1.group, $1.name) }
    }
    let hasNode = nodes.value?.isEmpty == false || devices.contains { !$0.vfioDevices.isAbsent }
    return VFIOFacilities(
      groupNodes: nodes,
      noIOMMUMode: parameter("enable_unsafe_noiommu_mode", of: "vfio"),
      unsafeInterrupts: parameter("allow_unsafe_interrupts", of: "vfio_iommu_type1"),
      iommufdUnsafeInterrupts: parameter("allow_unsafe_interrupts", of: "iommufd"),
      denylistDisabled: parameter("disable_denylist", of: "vfio_pci"),
      sriovEnabled: parameter("enable_sriov", of: "vfio_pci"),
      platformResetRequired: parameter("reset_required", of: "vfio_platform"),
      hasIOMMUFD: contains("iommu", in: "dev"),
      openFiles: hasNode ? store.openVFIOFiles() : .notNeeded)
  }

  private mutating func parameter(_ name: String, of module: String) -> Reading<Bool> {
    flag(name, in: "sys/module" / module / "parameters")
  }
}
