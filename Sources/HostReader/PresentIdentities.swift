import HostModel
import Synchronization

/// The PCI functions of a host by their ids, which decide which lines of an id table matter.
///
/// A hostile table has as many lines as a hostile host has functions, so that no line is held
/// against each function: for every choice of fields that a line can ask for, the values that are
/// there are counted once. A class, because they are counted when the first such line comes.
final class PresentIdentities: Sendable {
  private let all: [PCIIdentity]
  private let present = Mutex<[UInt8: Set<UInt64>]>([:])

  init(of devices: [Device]) {
    all = Array(Set(devices.compactMap(\.identity.value)))
  }

  /// The id that a line gives a module, if a function of the host matches it.
  func alias(_ pattern: Substring, of module: Substring) -> ModuleAlias? {
    guard PresentIdentities.isModuleName(module),
      let alias = ModuleAlias(pattern: pattern, module: ModuleName(String(module)))
    else { return nil }
    var fields: UInt8 = 0
    if alias.vendor != nil { fields |= IdentityFields.vendor }
    if alias.device != nil { fields |= IdentityFields.device }
    if alias.baseClass != nil { fields |= IdentityFields.baseClass }
    if alias.subclass != nil { fields |= IdentityFields.subclass }
    if alias.interface != nil { fields |= IdentityFields.interface }
    let code =
      UInt32(alias.baseClass ?? 0) << 16 | UInt32(alias.subclass ?? 0) << 8
      | UInt32(alias.interface ?? 0)
    let wanted = PCIIdentity(
      vendor: alias.vendor ?? 0, device: alias.device ?? 0, deviceClass: PCIClass(code: code))
    return has(wanted, in: fields) ? alias : nil
  }

  /// Whether a function has the same in these fields.
  private func has(_ identity: PCIIdentity, in fields: UInt8) -> Bool {
    present.withLock { present in
      let values = present[fields] ?? Set(all.map { IdentityFields.value(of: $0, in: fields) })
      present[fields] = values
      return values.contains(IdentityFields.value(of: identity, in: fields))
    }
  }

  /// Whether a line of `modules.alias` has the bus, a vendor and a device of the host, by its bytes.
  @Sendable func mayMatch(_ line: ArraySlice<UInt8>) -> Bool {
    let start = line.prefix { $0 != UInt8(ascii: ":") }
    guard start.elementsEqual("alias pci".utf8) || start.elementsEqual("alias vfio_pci".utf8)
    else { return false }
    let vendor = line[start.endIndex...].dropFirst(2)
    if vendor.first == UInt8(ascii: "*") { return true }
    guard let vendorID = Hexadecimal.parse(vendor.prefix(8), digits: 8...8) else { return false }
    var wanted = PCIIdentity(
      vendor: UInt16(truncatingIfNeeded: vendorID), device: 0, deviceClass: PCIClass(code: 0))
    let device = vendor.dropFirst(9)
    if device.first == UInt8(ascii: "*") { return has(wanted, in: IdentityFields.vendor) }
    guard let deviceID = Hexadecimal.parse(device.prefix(8), digits: 8...8) else { return false }
    wanted = PCIIdentity(
      vendor: wanted.vendor, device: UInt16(truncatingIfNeeded: deviceID),
      deviceClass: wanted.deviceClass)
    return has(wanted, in: IdentityFields.vendor | IdentityFields.device)
  }

  private static func isModuleName(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}

/// Fields of an identity that a line of an id table can ask for, a bit for each.
///
/// No OptionSet, whose conformances would cost each start some time.
private enum IdentityFields {
  static let vendor: UInt8 = 1
  static let device: UInt8 = 2
  static let baseClass: UInt8 = 4
  static let subclass: UInt8 = 8
  static let interface: UInt8 = 16

  /// These fields in one number, all others 0.
  static func value(of identity: PCIIdentity, in fields: UInt8) -> UInt64 {
    func part(_ field: UInt8, _ value: some BinaryInteger) -> UInt64 {
      fields & field != 0 ? UInt64(value) : 0
    }
    let code = identity.deviceClass
    return part(vendor, identity.vendor) << 40 | part(device, identity.device) << 24
      | part(baseClass, code.base) << 16 | part(subclass, code.subclass) << 8
      | part(interface, code.interface)
  }
}
