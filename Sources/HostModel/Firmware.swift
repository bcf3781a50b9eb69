/// What firmware and processor say about the machine.
package struct Firmware: Sendable, Equatable {
  /// Tables of `/sys/firmware/acpi/tables` that describe an IOMMU.
  package var iommuTables: Reading<Set<IOMMUTable>>
  /// `vendor_id` of `/proc/cpuinfo`; read only when the host has no group.
  package var processor: Reading<ProcessorVendor>
  /// The `hypervisor` flag of `/proc/cpuinfo`; read only when the host has no group.
  package var isVirtualMachine: Reading<Bool>

  package enum IOMMUTable: String, CaseIterable, Sendable {
    /// Intel VT-d.
    case dmar = "DMAR"
    /// AMD-Vi.
    case ivrs = "IVRS"
    /// Arm SMMU.
    case iort = "IORT"
    /// virtio-iommu.
    case viot = "VIOT"
    /// RISC-V IOMMU.
    case rimt = "RIMT"
  }

  package enum ProcessorVendor: Sendable, Hashable {
    case intel
    case amd
    case other(String)
  }

  package init(
    iommuTables: Reading<Set<IOMMUTable>>, processor: Reading<ProcessorVendor>,
    isVirtualMachine: Reading<Bool>
  ) {
    self.iommuTables = iommuTables
    self.processor = processor
    self.isVirtualMachine = isVirtualMachine
  }
}
