/// The name of a device in sysfs: `0000:01:00.1`, `MSFT0101:00`, `dprc.1`.
///
/// A name is unique on its bus, not on the host; `Device.path` is.
package struct DeviceName: Hashable, Sendable {
  package let text: String
  /// The PCI address that the name spells, whatever bus the device is on.
  package let address: PCIAddress?

  package init(_ text: String) {
    self.text = text
    address = PCIAddress(text)
  }

  package init(_ address: PCIAddress) {
    text = address.description
    self.address = address
  }
}

extension DeviceName: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(value) }
}

extension DeviceName: Comparable {
  /// PCI functions first, in the order of their addresses, then all other names by bytes.
  package static func < (left: DeviceName, right: DeviceName) -> Bool {
    switch (left.address, right.address) {
    case (let left?, let right?): left < right
    case (_?, nil): true
    case (nil, _?): false
    case (nil, nil): left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
  }
}

extension DeviceName: CustomStringConvertible {
  package var description: String { text }
}
