/// A name that the kernel gives: bytes, which are the same name only if they are the same bytes.
///
/// Swift's own strings are equal when they mean the same characters, however these are composed.
/// The kernel knows no characters.
///
/// Every conformance of every type is looked at when the runtime looks for one, some 5 microseconds
/// of each start for it: a kind of names that is never mixed with others needs no separate type.
package protocol KernelName: Hashable, Comparable, Sendable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  var text: String { get }

  init(_ text: String)
}

extension KernelName {
  package init(stringLiteral value: String) { self.init(value) }

  package static func == (left: Self, right: Self) -> Bool {
    ByteOrder.isEqual(left.text, right.text)
  }

  package static func < (left: Self, right: Self) -> Bool {
    ByteOrder.precedes(left.text, right.text)
  }

  package func hash(into hasher: inout Hasher) {
    ByteOrder.hash(text, into: &hasher)
  }

  package var description: String { text }
}

/// The name of an entry of a directory that is of no kind below: a link, a node of VFIO, an IOMMU.
package struct EntryName: KernelName {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }
}

/// The name of a bus: its directory's name under `/sys/bus`.
package struct BusName: KernelName {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package static let pci: BusName = "pci"
  package static let platform: BusName = "platform"
  package static let amba: BusName = "amba"
  package static let fslMC: BusName = "fsl-mc"
  package static let cdx: BusName = "cdx"
  package static let mdev: BusName = "mdev"
}

/// The name of a device in sysfs: `0000:01:00.1`, `MSFT0101:00`, `dprc.1`.
///
/// A name is unique on its bus, not on the host; `Device.path` is.
package struct DeviceName: KernelName {
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

  /// PCI functions first, in the order of their addresses, then all other names by bytes.
  package static func < (left: DeviceName, right: DeviceName) -> Bool {
    switch (left.address, right.address) {
    case (let left?, let right?): left < right
    case (_?, nil): true
    case (nil, _?): false
    case (nil, nil): ByteOrder.precedes(left.text, right.text)
    }
  }
}

/// The name of a driver: its directory's name under `/sys/bus/BUS/drivers`, as `driver_override`
/// compares it.
package struct DriverName: KernelName {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }
}

/// The name of a kernel module as `/sys/module` spells it: underscores, never dashes.
package struct ModuleName: KernelName {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// The module of a driver or a file by its name alone: the kernel takes dashes for underscores.
  package init(spelling name: String) {
    text = String(
      decoding: name.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
  }
}
