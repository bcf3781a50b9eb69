package import HostModel

/// What a PCI function is for the question who can be given to user space.
package enum DeviceRole: String, Sendable, CaseIterable {
  case endpoint
  /// A PCI-to-PCI or CardBus bridge, by its header.
  case bridge
  /// Class 0x0600: a normal header, whatever its class says (kernel-rules §8.2).
  case hostBridge = "host-bridge"
  /// Class 0x0807.
  case eventCollector = "rcec"
  case physicalFunction = "pf"
  case virtualFunction = "vf"

  /// Fails for a device of another bus and where the host does not say enough.
  package init?(_ device: Device) {
    guard device.bus == .pci else { return nil }
    switch device.sriov {
    case .virtual: self = .virtualFunction
    case .physical: self = .physicalFunction
    case .none:
      guard let header = device.header.value, let identity = device.identity.value else {
        return nil
      }
      if header == .bridge {
        self = .bridge
      } else if identity.deviceClass.isRootComplexEventCollector {
        self = .eventCollector
      } else {
        self = identity.deviceClass.baseAndSubclass == 0x0600 ? .hostBridge : .endpoint
      }
    }
  }
}
