import HostModel
import Reporting
import Udev

/// The names that libudev's hardware database has for devices.
enum HardwareDatabase {
  /// Looks every distinct identity up once: a look-up costs as much as reading three devices.
  ///
  /// The names are those of this machine's database whatever host is shown, and none where it has
  /// no database.
  static func names(of identities: [PCIIdentity]) -> DeviceNames {
    guard !identities.isEmpty, let database = UdevHardwareDatabase() else { return .none }
    var entries: [PCIIdentity: DeviceNames.Entry] = [:]
    for identity in identities where entries[identity] == nil {
      let names = database.names(
        vendor: identity.vendor, device: identity.device, baseClass: identity.deviceClass.base,
        subclass: identity.deviceClass.subclass)
      entries[identity] = DeviceNames.Entry(
        vendor: names.vendor, device: names.device, deviceClass: names.subclass ?? names.baseClass)
    }
    return DeviceNames(entries)
  }
}
