import HostModel

/// Modules that scripts load and that register no driver of a bus: loading one binds nothing.
///
/// Each by its source: it has no `module_pci_driver`, no `pci_register_driver` and none of another
/// bus with IOMMU groups.
enum DriverlessModules {
  static let all: Set<ModuleName> = [
    // drivers/vfio, drivers/iommu/iommufd
    "vfio", "vfio_iommu_type1", "vfio_virqfd", "vfio_pci_core", "vfio_mdev", "mdev", "iommufd",
    // arch/x86/kvm, virt/lib, drivers/vhost, drivers/net
    "kvm", "kvm_intel", "kvm_amd", "irqbypass", "vhost", "vhost_net", "vhost_iotlb", "vhost_vsock",
    "tun", "tap", "macvtap", "bridge",
  ]
}
