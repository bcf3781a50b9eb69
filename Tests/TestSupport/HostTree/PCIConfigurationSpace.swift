import HostModel

/// The parts of a PCI function that only lspci asks for.
enum PCIConfigurationSpace {
  /// The standard header, 64 bytes: all that an ordinary user may read of `config`.
  static func header(of function: PCIFunction, secondaryBus: UInt8) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 64)
    let identity = function.identity
    bytes[0x00] = UInt8(truncatingIfNeeded: identity.vendor)
    bytes[0x01] = UInt8(truncatingIfNeeded: identity.vendor >> 8)
    bytes[0x02] = UInt8(truncatingIfNeeded: identity.device)
    bytes[0x03] = UInt8(truncatingIfNeeded: identity.device >> 8)
    // Command: memory space and bus mastering, as after any probe.
    bytes[0x04] = 0x06
    bytes[0x09] = identity.deviceClass.interface
    bytes[0x0a] = identity.deviceClass.subclass
    bytes[0x0b] = identity.deviceClass.base
    bytes[0x0c] = 0x10
    if function.header == .bridge {
      bytes[0x0e] = 0x01
      bytes[0x18] = function.address.bus
      bytes[0x19] = secondaryBus
      bytes[0x1a] = secondaryBus
    }
    return bytes
  }

  private static let line = "0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
  /// Six base addresses and the ROM.
  static let resources = Array(String(repeating: line, count: 7).utf8)
  /// The same, the virtual functions' six and the four windows of a bridge.
  static let bridgeResources = Array(String(repeating: line, count: 17).utf8)
}

/// The `modalias` of a PCI function: `pci:v000010DEd000013C2sv00000000sd00000000bc03sc00i00`.
enum PCIModuleAlias {
  static func text(of identity: PCIIdentity) -> String {
    let pciClass = identity.deviceClass
    return "pci:v" + upper(identity.vendor, digits: 8) + "d" + upper(identity.device, digits: 8)
      + "sv00000000sd00000000bc" + upper(pciClass.base, digits: 2)
      + "sc" + upper(pciClass.subclass, digits: 2) + "i" + upper(pciClass.interface, digits: 2)
  }

  private static func upper(_ value: some BinaryInteger, digits: Int) -> String {
    Hexadecimal.text(value, digits: digits).uppercased()
  }
}
