/// The place of a PCI function: `0000:01:00.1`.
///
/// The domain can be longer than four hexadecimal digits (VMD controllers use `10000` and up).
package struct PCIAddress: Hashable, Sendable {
  package let domain: UInt32
  package let bus: UInt8
  /// 0 to 31.
  package let slot: UInt8
  /// 0 to 7.
  package let function: UInt8

  package init(domain: UInt32, bus: UInt8, slot: UInt8, function: UInt8) {
    self.domain = domain
    self.bus = bus
    self.slot = slot & 0x1f
    self.function = function & 0x7
  }

  /// Parses a sysfs name (`0000:01:00.1`), and with `shortForm` also `01:00.1` of domain 0.
  package init?(_ text: some StringProtocol, shortForm: Bool = false) {
    let fields = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard fields.count == 3 || (shortForm && fields.count == 2) else { return nil }
    let place = fields[fields.count - 1].split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard place.count == 2,
      let domain = fields.count == 3 ? Hexadecimal.parse(fields[0], digits: 4...8) : 0,
      let bus = Hexadecimal.parse(fields[fields.count - 2], digits: 2...2),
      let slot = Hexadecimal.parse(place[0], digits: 2...2), slot < 32,
      let function = Hexadecimal.parse(place[1], digits: 1...1), function < 8
    else { return nil }
    self.init(
      domain: UInt32(domain), bus: UInt8(bus), slot: UInt8(slot), function: UInt8(function))
  }
}

extension PCIAddress: Comparable {
  package static func < (left: PCIAddress, right: PCIAddress) -> Bool {
    (left.domain, left.bus, left.slot, left.function)
      < (right.domain, right.bus, right.slot, right.function)
  }
}

extension PCIAddress: CustomStringConvertible {
  package var description: String {
    "\(Hexadecimal.text(domain, digits: 4)):\(Hexadecimal.text(bus, digits: 2)):"
      + "\(Hexadecimal.text(slot, digits: 2)).\(function)"
  }
}
