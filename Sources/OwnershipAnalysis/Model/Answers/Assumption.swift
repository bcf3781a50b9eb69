package import HostModel

/// A condition on which an answer is given, because nothing shows whether it holds.
package indirect enum Assumption: Hashable, Sendable {
  /// The driver's own probe accepts the device.
  case probeAccepts(DriverName, DeviceName)
  /// A match was left open, and the driver is taken not to match.
  case doesNotMatch(DriverName, DeviceName, because: Doubt)
  /// No id that was written to `new_id` gives the device to one of these drivers.
  case noEarlierID(DeviceName, [DriverName])
  /// pcieport takes the bridge; else the drivers that follow do.
  case isPort(DeviceName, otherwise: [DriverName])
  /// The kernel driver of a sibling has no domain or PASID attached.
  case noPrivateDomain(DriverName, DeviceName)
  /// The CDX bus ignores the refusal.
  case busIgnoresRefusal
  case idNotAddedBefore(PCIIDPair, DriverName)
  case idNotInTable(PCIIDPair, DriverName)
  /// An entry of the driver's own table has `driver_data` 0, as `new_id` demands.
  case tableHasPlainEntry(DriverName)
  /// The IOMMU driver allows the domain type for every member.
  case domainTypeAllowed
  case noOtherModuleUses(ModuleName)
  /// The driver has `sriov_configure` and agrees; `nil` for a driver that is not named.
  case supportsSRIOV(DriverName?)
  /// The driver leaves the VFs in place when it lets go of their physical function.
  case leavesVirtualFunctions(DriverName, Int, DeviceName)
  /// The caller has CAP_SYS_RAWIO, which no-IOMMU groups demand.
  case callerHasRawIO
  /// `/dev/vfio/vfio` is not iommufd's (CONFIG_IOMMUFD_VFIO_CONTAINER).
  case containerIsOfVFIO
  /// The device's DMA is cache coherent (from 5.19).
  case coherentDMA(DeviceName)

  /// The stable name of this kind of assumption, for programs.
  package var code: String {
    switch self {
    case .probeAccepts: "probe-accepts"
    case .doesNotMatch: "driver-does-not-match"
    case .noEarlierID: "no-dynamic-id"
    case .isPort: "pcie-port"
    case .noPrivateDomain: "no-private-domain"
    case .busIgnoresRefusal: "cdx-ignores-refusal"
    case .idNotAddedBefore: "id-not-added-before"
    case .idNotInTable: "id-not-in-table"
    case .tableHasPlainEntry: "driver-data-0"
    case .domainTypeAllowed: "domain-type-allowed"
    case .noOtherModuleUses: "module-not-used"
    case .supportsSRIOV: "supports-sriov"
    case .leavesVirtualFunctions: "leaves-virtual-functions"
    case .callerHasRawIO: "cap-sys-rawio"
    case .containerIsOfVFIO: "vfio-container"
    case .coherentDMA: "coherent-dma"
    }
  }
}
