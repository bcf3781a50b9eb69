/// The call at which an operation gets its answer: a write to a sysfs file or a VFIO call.
package enum KernelCall: String, Sendable {
  case bind
  case unbind
  case driverOverride = "driver_override"
  case driversProbe = "drivers_probe"
  case newID = "new_id"
  case removeID = "remove_id"
  case sriovNumVFs = "sriov_numvfs"
  case groupType = "type"
  case initModule = "init_module"
  case deleteModule = "delete_module"
  case open
  case setContainer = "SET_CONTAINER"
  case setIOMMU = "SET_IOMMU"
  case getDeviceFD = "GET_DEVICE_FD"
  case bindIOMMUFD = "BIND_IOMMUFD"
  case attach = "ATTACH_IOMMUFD_PT"
  case close
  case driversAutoprobe = "drivers_autoprobe"
  case sriovAutoprobe = "sriov_drivers_autoprobe"
  case remove
  case rescan
  /// A module's parameter.
  case parameter

  package init(_ call: VFIOCall) {
    self =
      switch call {
      case .open: .open
      case .setContainer: .setContainer
      case .setIOMMU: .setIOMMU
      case .getDeviceFD: .getDeviceFD
      }
  }
}
