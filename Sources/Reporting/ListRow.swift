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
