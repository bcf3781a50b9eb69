package import HostModel
import OwnershipAnalysis

/// A column of `list`: its name, what it means, how it is aligned and what it shows.
///
/// The parser of `--output`, `--list-columns`, completion, text and JSON come from these rows, and a
/// test holds the manual to them. To add a column, add a row and its line in `all`.
package struct ListColumn: Sendable {
  /// The key in JSON; the title is the same in capitals.
  package let key: String
  /// One line for `--list-columns`.
  package let summary: String
  /// Whether it needs the hardware database, which costs a look-up for each distinct device.
  package let needsNames: Bool
  /// What has to be read for its values.
  let neededFacts: NeededFacts
  let alignment: Table.Alignment
  let value: @Sendable (ListCell) -> JSONValue

  package var title: String { key.uppercased() }

  static let group = ListColumn("group", "number of the IOMMU group", .right) {
    JSONValue(($0.group?.group.number.value).map(Int.init))
  }
  static let viability = ListColumn("viability", "whether user space could open the group now") {
    JSONValue($0.group?.viability.word)
  }
  static let use = ListColumn(
    "use", "whose the group is by its drivers: user, kernel, mixed, idle"
  ) { JSONValue($0.group?.use.rawValue) }
  static let claim = ListColumn(
    "claim", "whether user space owns the group now, as far as can be seen"
  ) { JSONValue($0.group?.claim.state.rawValue) }
  static let type = ListColumn(
    "type", "type of the group's default domain", needing: NeededFacts(groupTypes: true)
  ) {
    JSONValue($0.group?.group.type.value?.word)
  }
  static let address = ListColumn("address", "name of the device in sysfs") {
    JSONValue($0.device?.name.text)
  }
  static let bus = ListColumn("bus", "bus of the device") { JSONValue($0.device?.bus.text) }
  static let `class` = ListColumn("class", "PCI class and subclass") {
    JSONValue($0.identity?.deviceClass.text)
  }
  static let classname = ListColumn(
    "classname", "name of the class (hardware database)", needsNames: true
  ) { JSONValue($0.names?.deviceClass) }
  static let id = ListColumn("id", "PCI vendor:device") { JSONValue($0.identity?.idText) }
  static let vendor = ListColumn(
    "vendor", "name of the vendor (hardware database)", needsNames: true
  ) { JSONValue($0.names?.vendor) }
  static let name = ListColumn(
    "name", "name of the device (hardware database)", needsNames: true
  ) { JSONValue($0.names?.device) }
  static let driver = ListColumn("driver", "bound driver") {
    JSONValue($0.device?.driver.value?.text)
  }
  static let module = ListColumn("module", "module of the bound driver") { JSONValue($0.module) }
  static let override = ListColumn(
    "override", "driver_override, the only driver that may bind"
  ) { JSONValue($0.device?.driverOverride.value?.driver?.text) }
  static let policy = ListColumn(
    "policy", "what the driver means for the group: kernel, managed, none"
  ) { JSONValue($0.row.policy?.word) }
  static let role = ListColumn("role", "endpoint, bridge, host-bridge, rcec, pf, vf") {
    JSONValue($0.device.flatMap(DeviceRole.init)?.rawValue)
  }
  static let vfio = ListColumn("vfio", "entries under vfio-dev") {
    JSONValue(joined($0.device?.vfioDevices.value?.map(\.name.text)))
  }
  static let numa = ListColumn(
    "numa", "NUMA node", .right, needing: NeededFacts(numaNodes: true)
  ) {
    JSONValue($0.device?.numaNode.value)
  }
  static let iommu = ListColumn("iommu", "IOMMU that serves the device") {
    JSONValue($0.device?.iommu.value?.text)
  }
  static let sriov = ListColumn("sriov", "virtual functions, existing/possible; of a VF its PF") {
    JSONValue($0.device.flatMap { functions(of: $0.sriov) })
  }
  static let reset = ListColumn(
    "reset", "reset methods, the preferred first", needing: NeededFacts(resets: true)
  ) {
    // A kernel without `reset_method` only shows that there is some way.
    JSONValue($0.device?.reset.value.map { joined($0.methods) ?? "yes" })
  }
  static let path = ListColumn("path", "directory of the device") {
    JSONValue($0.device?.path.description)
  }

  /// In the order of the manual.
  package static let all: [ListColumn] = [
    group, viability, use, claim, type, address, bus, `class`, classname, id, vendor, name, driver,
    module, override, policy, role, vfio, numa, iommu, sriov, reset, path,
  ]

  /// What people see unasked: the verdict, the device, its driver, its name; within 100 columns.
  package static let textDefault: [ListColumn] = [
    group, viability, address, id, driver, policy, name,
  ]

  /// What programs get unasked: all that needs no hardware database.
  package static let jsonDefault: [ListColumn] = all.filter { !$0.needsNames }

  private init(
    _ key: String, _ summary: String, _ alignment: Table.Alignment = .left,
    needsNames: Bool = false, needing facts: NeededFacts = .judgement,
    value: @escaping @Sendable (ListCell) -> JSONValue
  ) {
    self.key = key
    self.summary = summary
    self.alignment = alignment
    self.needsNames = needsNames
    neededFacts = facts
    self.value = value
  }

  /// Finds a column by its title or key, in either case.
  package static func titled(_ title: some StringProtocol) -> ListColumn? {
    let key = title.lowercased()
    return all.first { $0.key == key }
  }

  /// What has to be read for a table with these columns.
  package static func neededFacts(for columns: [ListColumn]) -> NeededFacts {
    columns.reduce(.judgement) { $0.union($1.neededFacts) }
  }

  private static func joined(_ words: [String]?) -> String? {
    guard let words, !words.isEmpty else { return nil }
    return words.joined(separator: ",")
  }

  private static func functions(of role: SRIOVRole) -> String? {
    switch role {
    case .none, .unread: nil
    case .virtual(let physicalFunction): String(physicalFunction.name)
    case .physical(let function):
      "\(function.virtualFunctions.count)/\(function.totalVFs.value.map(String.init) ?? "?")"
    }
  }
}

extension ListColumn: Equatable {
  package static func == (left: ListColumn, right: ListColumn) -> Bool { left.key == right.key }
}
