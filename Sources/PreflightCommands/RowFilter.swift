import HostModel
import OwnershipAnalysis
import Reporting

/// Which rows of `list` somebody asked for: every kind of filter that is given must agree.
struct RowFilter {
  let selection: Selection
  let drivers: Set<DriverName>
  let identities: [IdentityPattern]

  func accepts(_ row: ListRow) -> Bool {
    accepts(group: row.group?.group.number) && accepts(device: row.device)
  }

  private func accepts(group: GroupNumber?) -> Bool {
    selection.groups.isEmpty || group.map(selection.groups.contains) ?? false
  }

  private func accepts(device: Device?) -> Bool {
    guard let device else {
      return selection.devices.isEmpty && drivers.isEmpty && identities.isEmpty
    }
    let isNamed = selection.devices.isEmpty || selection.devices.contains(device.path)
    let isDriven = drivers.isEmpty || device.driver.value.map(drivers.contains) ?? false
    let isIdentified =
      identities.isEmpty || identities.contains { $0.matches(device.identity.value) }
    return isNamed && isDriven && isIdentified
  }
}
