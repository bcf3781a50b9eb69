import HostModel
import OwnershipAnalysis

extension Assumption {
  /// One line for people: what is taken for granted, and what follows if it does not hold.
  var text: String {
    switch self {
    case .probeAccepts(let driver, let device): "the probe of \(driver) accepts \(device)"
    case .doesNotMatch(let driver, let device, let doubt):
      "\(driver) does not match \(device): \(doubt.text)"
    case .noEarlierID(let device, let drivers):
      "no id that was written to new_id earlier gives \(device) to \(Phrase.drivers(drivers))"
    case .isPort(let device, let drivers):
      "\(device) is a PCI Express port; if not, \(Phrase.drivers(drivers)) comes next"
    case .noPrivateDomain(let driver, let device):
      "\(driver) on \(device) has no private domain or PASID attached"
    case .busIgnoresRefusal:
      "the CDX bus ignores a refusal: the driver binds even if user space owns the group"
    case .idNotAddedBefore(let id, let driver):
      "\(id) was not added to \(driver) before; if it was, EEXIST"
    case .idNotInTable(let id, let driver):
      "\(driver) does not have \(id) in its own table; if it has, EEXIST"
    case .tableHasPlainEntry(let driver):
      "an entry in \(driver)'s table has driver_data 0; if none has, EINVAL"
    case .domainTypeAllowed: "the IOMMU driver allows this type for every member"
    case .noOtherModuleUses(let module): "no other module uses \(module)"
    case .supportsSRIOV(let driver): "\(driver?.text ?? "its driver") supports SR-IOV and agrees"
    case .leavesVirtualFunctions(let driver, let count, let device):
      "\(driver) leaves the \(count) VFs of \(device) as they are"
    case .callerHasRawIO: "the caller has CAP_SYS_RAWIO; if not, open answers EPERM"
    case .containerIsOfVFIO:
      "/dev/vfio/vfio is VFIO's own container, not iommufd's (CONFIG_IOMMUFD_VFIO_CONTAINER), "
        + "which would claim only at GET_DEVICE_FD"
    case .coherentDMA(let device):
      "the DMA of \(device) is cache coherent; if not, bind answers EINVAL"
    }
  }
}
