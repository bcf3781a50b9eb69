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
