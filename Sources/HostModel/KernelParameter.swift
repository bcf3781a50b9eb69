/// A parameter of the kernel's command line on which a verdict can rest.
///
/// The rest of the line is private: it names disks, hosts and keys. So this is the only list. A
/// rule can ask for nothing else, and the reader keeps nothing else.
package enum KernelParameter: String, CaseIterable, Sendable {
  case iommu
  case intelIOMMU = "intel_iommu"
  case amdIOMMU = "amd_iommu"
  case amdIOMMUInterrupts = "amd_iommu_intr"
  case passthroughDomains = "iommu.passthrough"
  case strictInvalidation = "iommu.strict"
  case interruptRemapping = "intremap"
  /// Of an out-of-tree patch.
  case acsOverride = "pcie_acs_override"
  case lockdown
  case moduleBlacklist = "module_blacklist"
  case modprobeBlacklist = "modprobe.blacklist"
  case stubIDs = "pci_stub.ids"
  case vfioIDs = "vfio_pci.ids"
  case unsafeInterrupts = "vfio_iommu_type1.allow_unsafe_interrupts"

  /// Modules of which every parameter counts, `vfio_pci.ids`.
  private static let modules: Set<String> = [
    "iommufd", "pci_stub", "vfio", "vfio_iommu_type1", "vfio_pci", "vfio_pci_core",
    "vfio_platform", "vfio_virqfd",
  ]

  /// Whether the parameter of a word counts; the name is canonical, with underscores.
  static func counts(_ name: String) -> Bool {
    if KernelParameter(rawValue: name) != nil { return true }
    guard let dot = name.firstIndex(of: ".") else { return false }
    return modules.contains(String(name[..<dot]))
  }
}
