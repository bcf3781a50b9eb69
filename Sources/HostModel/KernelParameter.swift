/// A parameter of the kernel's command line on which a verdict can rest.
///
/// The rest of the line is private: it names disks, hosts and keys. So this is the only list. A
/// rule can ask for nothing else, and the reader keeps nothing else.
package enum KernelParameter: String, CaseIterable, Sendable {
  case iommu
  case intelIOMMU = "intel_iommu"
  case amdIOMMU = "amd_iommu"
  /// Of an out-of-tree patch.
  case acsOverride = "pcie_acs_override"
  case unsafeInterrupts = "vfio_iommu_type1.allow_unsafe_interrupts"
}
