package import HostModel

/// A device that stands in the way.
package struct Culprit: Sendable, Hashable {
  package let device: DeviceName
  package let driver: DriverName?

  package init(device: DeviceName, driver: DriverName?) {
    self.device = device
    self.driver = driver
  }
}
