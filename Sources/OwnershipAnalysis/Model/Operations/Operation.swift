package import HostModel

/// One thing that an admin or a program asks of the kernel.
///
/// Devices are named by their directory, which is unique on the host; names are for people.
package enum Operation: Sendable, Hashable {
  /// Write to `drivers/DRIVER/bind`.
  case bind(HostPath, DriverName)
  /// Write to the bound driver's `unbind`.
  case unbind(HostPath)
  /// Write to `driver_override`; `nil` clears it.
  case override(HostPath, DriverName?)
  /// Write to `drivers_probe`.
  case probe(HostPath)
  /// Write to `drivers/DRIVER/new_id` of the PCI bus.
  case newID(DriverName, PCIIDPair)
  /// Write to `drivers/DRIVER/remove_id`.
  case removeID(DriverName, PCIIDPair)
  /// VFIO group path with a type1 container: node, SET_CONTAINER, SET_IOMMU, GET_DEVICE_FD; held.
  case open([HostPath], holder: HolderName?)
  /// `/dev/vfio/GROUP` alone; held.
  case openNode(GroupNumber, holder: HolderName?)
  /// VFIO cdev and iommufd: open, BIND_IOMMUFD, attach; held.
  case openCdev([HostPath], holder: HolderName?)
  /// Closes everything that the holder holds.
  case close(HolderName)
  /// Write to `sriov_numvfs`.
  case numVFs(HostPath, Int)
  /// Write to the group's `type`.
  case groupType(GroupNumber, String)
  /// The module's drivers register and probe every unbound device that matches.
  ///
  /// The ids are those of its parameter `ids`, which counts only where it was not loaded before.
  case modprobe(ModuleName, ids: [PCIIDPair] = [])
  /// The module's drivers let go of their devices and unregister.
  case rmmod(ModuleName)
  /// Any write to a file of sysfs, with the text as the kernel gets it.
  case write(SysfsFile, String)
}

extension Operation {
  /// The one device it is about; `nil` for operations on groups, drivers and several devices.
  package var device: HostPath? {
    switch self {
    case .bind(let device, _), .unbind(let device), .override(let device, _), .probe(let device),
      .numVFs(let device, _):
      device
    case .open(let devices, _), .openCdev(let devices, _): devices.count == 1 ? devices[0] : nil
    case .write(.device(let device, _), _), .write(.boundDriver(let device, _), _): device
    case .newID, .removeID, .openNode, .close, .groupType, .modprobe, .rmmod, .write: nil
    }
  }
}

/// Vendor and device id, as `new_id` takes them.
package struct PCIIDPair: Hashable, Sendable, CustomStringConvertible {
  package let vendor: UInt16
  package let device: UInt16

  package init(vendor: UInt16, device: UInt16) {
    self.vendor = vendor
    self.device = device
  }

  /// Parses `10de:13c2`.
  package init?(_ text: some StringProtocol) {
    let halves = String(text).utf8.split(
      separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard halves.count == 2, let vendor = Hexadecimal.parse(halves[0], digits: 1...4),
      let device = Hexadecimal.parse(halves[1], digits: 1...4)
    else { return nil }
    self.init(vendor: UInt16(vendor), device: UInt16(device))
  }

  package var description: String {
    Hexadecimal.text(vendor, digits: 4) + ":" + Hexadecimal.text(device, digits: 4)
  }
}

/// The name under which a sequence of operations keeps something open: `as vm1`.
package struct HolderName: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package var description: String { text }

  package static func < (left: HolderName, right: HolderName) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}
