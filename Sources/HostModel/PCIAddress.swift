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

  /// Function 0 of the same slot, which all functions of a card share.
  package var firstFunction: PCIAddress {
    PCIAddress(domain: domain, bus: bus, slot: slot, function: 0)
  }

  /// Parses a sysfs name (`0000:01:00.1`), and with `shortForm` also `01:00.1` of domain 0.
  package init?(_ text: some StringProtocol, shortForm: Bool = false) {
    self.init(String(text), shortForm: shortForm)
  }

  /// Of a String and not of any text, which is compiled for each kind of text in this module only.
  package init?(_ text: String, shortForm: Bool = false) {
    // Cut from the end, where the form is fixed: `01:00.1`.
    let text = text.utf8
    guard let (rest, function) = PCIAddress.cut(text[...], at: UInt8(ascii: ".")),
      let (start, slot) = PCIAddress.cut(rest, at: UInt8(ascii: ":"))
    else { return nil }
    let domain: Substring.UTF8View?
    let bus: Substring.UTF8View
    if let both = PCIAddress.cut(start, at: UInt8(ascii: ":")) {
      (domain, bus) = both
    } else {
      guard shortForm else { return nil }
      (domain, bus) = (nil, start)
    }
    guard let domain = domain.map({ Hexadecimal.parse($0, digits: 4...8) }) ?? 0,
      let bus = Hexadecimal.parse(bus, digits: 2...2),
      let slot = Hexadecimal.parse(slot, digits: 2...2), slot < 32,
      let function = Hexadecimal.parse(function, digits: 1...1), function < 8
    else { return nil }
    self.init(
      domain: UInt32(domain), bus: UInt8(bus), slot: UInt8(slot), function: UInt8(function))
  }

  /// What stands before and after the last `separator`.
  private static func cut(
    _ text: Substring.UTF8View, at separator: UInt8
  ) -> (Substring.UTF8View, Substring.UTF8View)? {
    guard let place = text.lastIndex(of: separator) else { return nil }
    return (text[..<place], text[text.index(after: place)...])
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
