import CUdev

/// libudev's hardware database: the names of vendors, devices and classes.
///
/// Only decoration. A look-up costs some 35 µs: ask once for each distinct alias, and only when
/// names are printed. The pointer is valid from `udev_hwdb_new` to `udev_hwdb_unref`; what it
/// lends is copied before the next call.
@safe package struct UdevHardwareDatabase: ~Copyable {
  private let context: UdevContext
  private let pointer: OpaquePointer

  /// Fails where no database was built, as in most containers.
  package init?() {
    guard let context = UdevContext(),
      let pointer = unsafe udev_hwdb_new(context.pointer)
    else { return nil }
    self.context = context
    unsafe self.pointer = pointer
  }

  deinit { unsafe _ = udev_hwdb_unref(pointer) }

  /// The names that a PCI function's ids have.
  package func names(
    vendor: UInt16, device: UInt16, baseClass: UInt8, subclass: UInt8
  ) -> UdevHardwareNames {
    // The form of a `modalias`; names depend neither on the subsystem ids nor on the interface.
    let alias =
      "pci:v0000\(hexadecimal(vendor, digits: 4))d0000\(hexadecimal(device, digits: 4))"
      + "sv00000000sd00000000bc\(hexadecimal(baseClass, digits: 2))sc\(hexadecimal(subclass, digits: 2))i00"
    var names = UdevHardwareNames()
    var entry = unsafe udev_hwdb_get_properties_list_entry(pointer, alias, 0)
    while let current = unsafe entry {
      if let key = unsafe udev_list_entry_get_name(current),
        let value = unsafe udev_list_entry_get_value(current)
      {
        unsafe names.take(String(cString: value), of: String(cString: key))
      }
      unsafe entry = udev_list_entry_get_next(current)
    }
    return names
  }

  private func hexadecimal(_ value: some BinaryInteger, digits: Int) -> String {
    let plain = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: digits - plain.utf8.count) + plain
  }
}

/// What the hardware database calls a PCI function; `nil` where it has no name.
package struct UdevHardwareNames: Equatable, Sendable {
  package private(set) var vendor: String?
  package private(set) var device: String?
  package private(set) var baseClass: String?
  package private(set) var subclass: String?

  fileprivate mutating func take(_ value: String, of key: String) {
    switch key {
    case "ID_VENDOR_FROM_DATABASE": vendor = value
    case "ID_MODEL_FROM_DATABASE": device = value
    case "ID_PCI_CLASS_FROM_DATABASE": baseClass = value
    case "ID_PCI_SUBCLASS_FROM_DATABASE": subclass = value
    default: break
    }
  }
}
