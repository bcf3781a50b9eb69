package import HostModel

extension DriverPolicy {
  /// What the driver of a device means, by the kernel's registration first, then by the table.
  ///
  /// From 6.1 a `vfio-dev` entry proves that the device is registered with VFIO whatever its
  /// driver is called, which covers out-of-tree variants (kernel-rules §8.1, §15.5). A driver of
  /// the table that is bound is there, whichever kernel was read first with it.
  package init(of device: Device) {
    guard let driver = device.driver.value else {
      self = .none
      return
    }
    if let nodes = device.vfioDevices.value, !nodes.isEmpty {
      self = .vfio(driver)
      return
    }
    let profile = DriverProfiles.profile(of: driver, on: device.bus, in: nil)
    self =
      switch profile?.kind {
      case .vfio: .vfio(driver)
      case .stub: .stub(driver)
      case .infrastructure: .infrastructure(driver)
      case .userSpaceFramework: .kernel(driver, .userSpaceFramework)
      case .privateDomain: .kernel(driver, .privateDomain)
      case nil: .kernel(driver, .ordinary)
      }
  }
}
