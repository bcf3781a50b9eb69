/// A PCI line of a module's id table, as `modules.alias` and `modules.builtin.modinfo` spell it:
/// `alias pci:v00008086d000010D3sv*sd*bc*sc*i* e1000e`.
package struct ModuleAlias: Sendable, Hashable {
  package let module: ModuleName
  /// `vfio_pci:` entries match only when `driver_override` names the driver (kernel-rules §5.2).
  package let isOverrideOnly: Bool
  /// `nil` matches any; so with all that follow.
  package let vendor: UInt16?
  package let device: UInt16?
  /// Whether the line asks for a subsystem, which this model does not know.
  package let hasSubsystem: Bool
  package let baseClass: UInt8?
  package let subclass: UInt8?
  package let interface: UInt8?

  /// Parses the pattern without the leading word `alias`; `nil` for other buses' aliases.
  package init?(pattern: some StringProtocol, module: ModuleName) {
    let text = String(pattern)
    let isOverrideOnly = text.hasPrefix("vfio_pci:")
    guard isOverrideOnly || text.hasPrefix("pci:") else { return nil }
    var fields = PatternFields(text.dropFirst(isOverrideOnly ? 9 : 4))
    guard let vendor = fields.take("v", digits: 8), let device = fields.take("d", digits: 8),
      let subvendor = fields.take("sv", digits: 8), let subdevice = fields.take("sd", digits: 8),
      let base = fields.take("bc", digits: 2), let subclass = fields.take("sc", digits: 2),
      let interface = fields.take("i", digits: 2)
    else { return nil }
    self.module = module
    self.isOverrideOnly = isOverrideOnly
    self.vendor = vendor.map { UInt16(truncatingIfNeeded: $0) }
    self.device = device.map { UInt16(truncatingIfNeeded: $0) }
    hasSubsystem = subvendor != nil || subdevice != nil
    baseClass = base.map { UInt8(truncatingIfNeeded: $0) }
    self.subclass = subclass.map { UInt8(truncatingIfNeeded: $0) }
    self.interface = interface.map { UInt8(truncatingIfNeeded: $0) }
  }

  /// Whether the line matches a function, its subsystem apart.
  package func matches(_ identity: PCIIdentity) -> Bool {
    (vendor ?? identity.vendor) == identity.vendor
      && (device ?? identity.device) == identity.device
      && (baseClass ?? identity.deviceClass.base) == identity.deviceClass.base
      && (subclass ?? identity.deviceClass.subclass) == identity.deviceClass.subclass
      && (interface ?? identity.deviceClass.interface) == identity.deviceClass.interface
  }
}

/// Takes `v00008086` or `v*` off the front of a pattern, field by field.
private struct PatternFields {
  private var rest: Substring

  init(_ text: Substring) {
    rest = text
  }

  /// The field's value, `.some(nil)` for any; `nil` when the field is not there.
  mutating func take(_ prefix: String, digits: Int) -> UInt64?? {
    guard rest.hasPrefix(prefix) else { return nil }
    rest = rest.dropFirst(prefix.count)
    if rest.first == "*" {
      rest = rest.dropFirst()
      return .some(nil)
    }
    let number = rest.prefix(digits)
    guard number.count == digits, let value = Hexadecimal.parse(number.utf8, digits: 1...digits)
    else { return nil }
    rest = rest.dropFirst(digits)
    return .some(value)
  }
}
