import HostModel

/// What the audit document tells of the host itself.
enum HostJSON {
  static func value(_ host: HostSnapshot) -> JSONValue {
    [
      "iommus": .array(
        host.iommus.map { ["name": .string($0.name), "vendor": .string(word($0.vendor))] }),
      "firmware_tables": JSONValue(host.firmware.iommuTables) { tables in
        .array(tables.map(\.rawValue).sorted().map(JSONValue.string))
      },
      "interrupt_remapping": JSONValue(host.interrupts) { .string($0.remapping.word) },
      "devices": .integer(host.devices.count),
      "devices_without_group": .array(
        host.devices.filter(\.group.isAbsent).map { .string($0.name.text) }),
      "vfio": vfio(host.vfio),
    ]
  }

  private static func vfio(_ vfio: VFIOFacilities) -> JSONValue {
    [
      "group_nodes": JSONValue(vfio.groupNodes) { .array($0.map { .string($0.name) }) },
      "has_iommufd": JSONValue(vfio.hasIOMMUFD) { .bool($0) },
      "enable_unsafe_noiommu_mode": JSONValue(vfio.noIOMMUMode) { .bool($0) },
      "allow_unsafe_interrupts": JSONValue(vfio.unsafeInterrupts) { .bool($0) },
      "iommufd_allow_unsafe_interrupts": JSONValue(vfio.iommufdUnsafeInterrupts) { .bool($0) },
      "disable_denylist": JSONValue(vfio.denylistDisabled) { .bool($0) },
      "enable_sriov": JSONValue(vfio.sriovEnabled) { .bool($0) },
      "open_files": .string(word(vfio.openFiles.coverage)),
    ]
  }

  private static func word(_ vendor: IOMMUInstance.Vendor) -> String {
    switch vendor {
    case .intel: "intel"
    case .amd: "amd"
    case .other: "other"
    }
  }

  /// How far the search for open VFIO files went.
  private static func word(_ coverage: OpenFileScan.Coverage) -> String {
    switch coverage {
    case .complete: "complete"
    case .partial: "partial"
    case .notNeeded: "not-needed"
    case .unread: "unread"
    }
  }
}
