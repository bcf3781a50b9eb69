/// What firmware and processor say about the machine.
package struct Firmware: Sendable, Equatable {
  /// Tables of `/sys/firmware/acpi/tables` that describe an IOMMU, or may.
  package var iommuTables: Reading<Set<IOMMUTable>>
  /// Whether the table IORT has a node for an SMMU; read only when the host has no group.
  package var describesSMMU: Reading<Bool>
  /// `vendor_id` of `/proc/cpuinfo`; read only when the host has no group.
  package var processor: Reading<ProcessorVendor>
  /// The `hypervisor` flag of `/proc/cpuinfo`; read only when the host has no group.
  package var isVirtualMachine: Reading<Bool>

  package enum IOMMUTable: String, CaseIterable, Sendable {
    /// Intel VT-d.
    case dmar = "DMAR"
    /// AMD-Vi.
    case ivrs = "IVRS"
    /// Arm SMMU, or an interrupt controller alone.
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
    iommuTables: Reading<Set<IOMMUTable>>, describesSMMU: Reading<Bool> = .absent,
    processor: Reading<ProcessorVendor>, isVirtualMachine: Reading<Bool>
  ) {
    self.iommuTables = iommuTables
    self.describesSMMU = describesSMMU
    self.processor = processor
    self.isVirtualMachine = isVirtualMachine
  }

  /// The tables that certainly describe an IOMMU.
  package var certainIOMMUTables: Set<IOMMUTable> {
    let tables = iommuTables.value ?? []
    return describesSMMU.value == true ? tables : tables.subtracting([.iort])
  }

  /// Why it is unknown whether the table IORT describes an IOMMU.
  package var doubtOfSMMU: ReadFailure? {
    iommuTables.value?.contains(.iort) == true ? describesSMMU.failure : nil
  }
}
