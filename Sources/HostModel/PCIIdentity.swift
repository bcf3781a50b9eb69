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
