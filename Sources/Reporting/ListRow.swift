package import HostModel
package import OwnershipAnalysis

/// A line of `list`: a device and its group; a device without group, or a group without devices.
package struct ListRow: Sendable {
  package let group: GroupAssessment?
  package let device: Device?
  /// `nil` only for a group without devices.
  package let policy: DriverPolicy?

  /// Every row of a host: by group, the devices without group last.
  package static func all(of audit: Audit) -> [ListRow] {
    var rows: [ListRow] = []
    var listed: Set<HostPath> = []
    for group in audit.groups {
      if group.members.isEmpty { rows.append(ListRow(group: group, device: nil, policy: nil)) }
      for member in group.members {
        rows.append(ListRow(group: group, device: member.device, policy: member.policy))
        listed.insert(member.device.path)
      }
    }
    for device in audit.host.devices where !listed.contains(device.path) {
      rows.append(
        ListRow(
          group: nil, device: device, policy: DriverPolicy(of: device)))
    }
    return rows
  }
}

/// What a column looks at: a row, and what else is known of its device.
struct ListCell {
  let row: ListRow
  let allNames: DeviceNames
  let moduleOfDriver: (DriverName, BusName) -> String?

  var group: GroupAssessment? { row.group }
  var device: Device? { row.device }
  var identity: PCIIdentity? { device?.identity.value }
  /// From the hardware database.
  var names: DeviceNames.Entry? { allNames[identity] }

  /// The module of the bound driver.
  var module: String? {
    guard let device, let driver = device.driver.value else { return nil }
    return moduleOfDriver(driver, device.bus)
  }
}

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
    case .unread: return nil
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
