package import HostModel

/// Names from the hardware database, by what the devices say they are. Decoration: no rule reads them.
package struct DeviceNames: Sendable {
  package struct Entry: Sendable, Equatable {
    package let vendor: String?
    package let device: String?
    package let deviceClass: String?

    package init(vendor: String?, device: String?, deviceClass: String?) {
      self.vendor = vendor
      self.device = device
      self.deviceClass = deviceClass
    }
  }

  private let entries: [PCIIdentity: Entry]

  package static let none = DeviceNames([:])

  package init(_ entries: [PCIIdentity: Entry]) {
    self.entries = entries
  }

  package subscript(identity: PCIIdentity?) -> Entry? {
    identity.flatMap { entries[$0] }
  }
}
