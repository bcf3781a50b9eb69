import HostModel
import Synchronization

/// The PCI functions of a host by their ids, which decide which lines of an id table matter.
///
/// A hostile table has as many lines as a hostile host has functions, so that no line is held
/// against each function: for every choice of fields that a line can ask for, the values that are
/// there are counted once. A class, because they are counted when the first such line comes.
final class PresentIdentities: Sendable {
  private let all: [PCIIdentity]
  private let present = Mutex<[IdentityFields: Set<UInt64>]>([:])

  init(of devices: [Device]) {
    all = Array(Set(devices.compactMap(\.identity.value)))
  }

  /// The id that a line gives a module, if a function of the host matches it.
  func alias(_ pattern: Substring, of module: Substring) -> ModuleAlias? {
    guard PresentIdentities.isModuleName(module),
      let alias = ModuleAlias(pattern: pattern, module: ModuleName(String(module)))
    else { return nil }
    var fields: IdentityFields = []
    if alias.vendor != nil { fields.insert(.vendor) }
    if alias.device != nil { fields.insert(.device) }
    if alias.baseClass != nil { fields.insert(.baseClass) }
    if alias.subclass != nil { fields.insert(.subclass) }
    if alias.interface != nil { fields.insert(.interface) }
    let code =
      UInt32(alias.baseClass ?? 0) << 16 | UInt32(alias.subclass ?? 0) << 8
      | UInt32(alias.interface ?? 0)
    let wanted = PCIIdentity(
      vendor: alias.vendor ?? 0, device: alias.device ?? 0, deviceClass: PCIClass(code: code))
    return has(wanted, in: fields) ? alias : nil
  }

  /// Whether a function has the same in these fields.
  private func has(_ identity: PCIIdentity, in fields: IdentityFields) -> Bool {
    present.withLock { present in
      let values = present[fields] ?? Set(all.map(fields.value))
      present[fields] = values
      return values.contains(fields.value(of: identity))
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
    if device.first == UInt8(ascii: "*") { return has(wanted, in: .vendor) }
    guard let deviceID = Hexadecimal.parse(device.prefix(8), digits: 8...8) else { return false }
    wanted = PCIIdentity(
      vendor: wanted.vendor, device: UInt16(truncatingIfNeeded: deviceID),
      deviceClass: wanted.deviceClass)
    return has(wanted, in: [.vendor, .device])
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

/// Fields of an identity that a line of an id table can ask for.
private struct IdentityFields: OptionSet, Hashable {
  let rawValue: UInt8

  static let vendor = IdentityFields(rawValue: 1)
  static let device = IdentityFields(rawValue: 2)
  static let baseClass = IdentityFields(rawValue: 4)
  static let subclass = IdentityFields(rawValue: 8)
  static let interface = IdentityFields(rawValue: 16)

  /// The fields in one number, all others 0.
  func value(of identity: PCIIdentity) -> UInt64 {
    let code = identity.deviceClass
    return UInt64(contains(.vendor) ? identity.vendor : 0) << 40
      | UInt64(contains(.device) ? identity.device : 0) << 24
      | UInt64(contains(.baseClass) ? code.base : 0) << 16
      | UInt64(contains(.subclass) ? code.subclass : 0) << 8
      | UInt64(contains(.interface) ? code.interface : 0)
  }
}
