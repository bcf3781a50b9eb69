/// What a PCI function says it is: the attributes `vendor`, `device` and `class`.
package struct PCIIdentity: Hashable, Sendable {
  package let vendor: UInt16
  package let device: UInt16
  package let deviceClass: PCIClass

  package init(vendor: UInt16, device: UInt16, deviceClass: PCIClass) {
    self.vendor = vendor
    self.device = device
    self.deviceClass = deviceClass
  }

  /// `10de:13c2`, the form that lspci prints and `new_id` takes.
  package var idText: String {
    Hexadecimal.text(vendor, digits: 4) + ":" + Hexadecimal.text(device, digits: 4)
  }
}

extension PCIIdentity {
  /// Reads the content of a function's `modalias`, in exactly the kernel's form:
  /// `pci:v00008086d00001533sv00008086sd00000001bc02sc00i00` (pci-sysfs.c:modalias_show).
  package init?(modalias text: [UInt8]) {
    var fields = ModaliasFields(text[...])
    guard let vendor = fields.take("pci:v", digits: 8), let vendor = UInt16(exactly: vendor),
      let device = fields.take("d", digits: 8), let device = UInt16(exactly: device),
      fields.take("sv", digits: 8) != nil, fields.take("sd", digits: 8) != nil,
      let base = fields.take("bc", digits: 2), let subclass = fields.take("sc", digits: 2),
      let interface = fields.take("i", digits: 2), fields.isEmpty
    else { return nil }
    self.init(
      vendor: vendor, device: device,
      deviceClass: PCIClass(code: base << 16 | subclass << 8 | interface))
  }
}

/// Takes `v00008086` off the front of a modalias, field by field.
private struct ModaliasFields {
  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) {
    rest = text
  }

  var isEmpty: Bool { rest.isEmpty }

  /// The number behind the label; `nil` when the next field is another, or is not written so.
  mutating func take(_ label: String, digits: Int) -> UInt32? {
    for byte in label.utf8 {
      guard rest.popFirst() == byte else { return nil }
    }
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let byte = rest.popFirst(), !ModaliasFields.isLowerCase(byte),
        let digit = Hexadecimal.digit(byte)
      else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private static func isLowerCase(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") }
}

/// The class code of a PCI function: base class, subclass and programming interface.
package struct PCIClass: Hashable, Sendable {
  /// 24 bits.
  package let code: UInt32

  package init(code: UInt32) {
    self.code = code & 0xff_ffff
  }

  package var base: UInt8 { UInt8(truncatingIfNeeded: code >> 16) }
  package var subclass: UInt8 { UInt8(truncatingIfNeeded: code >> 8) }
  package var interface: UInt8 { UInt8(truncatingIfNeeded: code) }

  /// Base class and subclass, `0x0300` for a VGA controller.
  package var baseAndSubclass: UInt16 { UInt16(truncatingIfNeeded: code >> 8) }

  /// Root Complex Event Collector, class 0x0807: pcieport binds it though its header is normal.
  package var isRootComplexEventCollector: Bool { baseAndSubclass == 0x0807 }

  /// Four digits, as `lspci -n` prints it.
  package var text: String { Hexadecimal.text(baseAndSubclass, digits: 4) }
}
