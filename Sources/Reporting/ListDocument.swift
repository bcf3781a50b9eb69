import HostModel
package import OwnershipAnalysis

/// The table of `list`: chosen rows and columns of one audit.
package struct ListDocument: Report {
  private let layout: Layout
  private let rows: [ListRow]
  private let columns: [ListColumn]
  private let names: DeviceNames
  private let modules: [DriverKey: String]

  private struct DriverKey: Hashable {
    let bus: BusName
    let driver: DriverName
  }

  /// How people see it.
  package enum Layout: Sendable {
    /// Aligned columns; the last one gives way where a line would be wider than `width`.
    case table(hasHeading: Bool, width: Int?)
    /// One blank between cells, and `\x20` for a blank inside one: for `cut` and `read`.
    case raw(hasHeading: Bool)
  }

  package init(
    _ audit: Audit, rows: [ListRow], columns: [ListColumn], names: DeviceNames = .none,
    layout: Layout = .table(hasHeading: true, width: nil)
  ) {
    self.layout = layout
    self.rows = rows
    self.columns = columns
    self.names = names
    var modules: [DriverKey: String] = [:]
    if columns.contains(.module) {
      for driver in audit.host.drivers {
        modules[DriverKey(bus: driver.bus, driver: driver.name)] = driver.module.value?.text
      }
    }
    self.modules = modules
  }

  /// `-` stands where the host has no answer.
  package func text(in palette: Palette = .plain) -> String {
    switch layout {
    case .table(let hasHeading, let width): table(heading: hasHeading, width: width)
    case .raw(let hasHeading): raw(heading: hasHeading)
    }
  }

  private func table(heading: Bool, width: Int?) -> String {
    var table = Table(columns.map { Table.Column($0.title, $0.isNumber ? .right : .left) })
    for row in rows { table.add(columns.map { ListDocument.cell(value($0, of: row)) }) }
    return table.text(heading: heading, width: width)
  }

  private func raw(heading: Bool) -> String {
    var text = heading ? columns.map(\.title).joined(separator: " ") + "\n" : ""
    for row in rows {
      let cells = columns.map { column in
        ListDocument.cell(value(column, of: row)).split(
          separator: " ", omittingEmptySubsequences: false
        ).joined(separator: "\\x20")
      }
      text += cells.joined(separator: " ") + "\n"
    }
    return text
  }

  package var json: JSONValue {
    // A column can be asked for twice; an object has a key once.
    let keys = columns.enumerated().filter { columns.firstIndex(of: $1) == $0 }.map(\.element)
    let devices = rows.map { row in
      JSONValue.members(keys.map { ($0.rawValue, value($0, of: row)) })
    }
    return ["schema": "vfio-preflight/list/1", "devices": .array(devices)]
  }

  private static func cell(_ value: JSONValue) -> String {
    switch value {
    case .integer(let number): String(number)
    case .string(let text): text.isEmpty ? "-" : TerminalText.escape(text)
    default: "-"
    }
  }

  private func value(_ column: ListColumn, of row: ListRow) -> JSONValue {
    switch column {
    case .group, .viability, .use, .claim, .type: ListDocument.value(column, of: row.group)
    case .policy: JSONValue(row.policy?.word)
    default: row.device.map { value(column, of: $0) } ?? .null
    }
  }

  private static func value(_ column: ListColumn, of group: GroupAssessment?) -> JSONValue {
    guard let group else { return .null }
    return switch column {
    case .group: .integer(Int(group.group.number.value))
    case .viability: .string(group.viability.word)
    case .use: .string(group.use.rawValue)
    case .claim: .string(group.claim.state.rawValue)
    case .type: JSONValue(group.group.type.value?.word)
    default: .null
    }
  }

  private func value(_ column: ListColumn, of device: Device) -> JSONValue {
    let identity = device.identity.value
    return switch column {
    case .address: .string(device.name.text)
    case .bus: .string(device.bus.text)
    case .class: JSONValue(identity?.deviceClass.text)
    case .classname: JSONValue(names[identity]?.deviceClass)
    case .id: JSONValue(identity?.idText)
    case .vendor: JSONValue(names[identity]?.vendor)
    case .name: JSONValue(names[identity]?.device)
    case .driver: JSONValue(device.driver.value?.text)
    case .module: JSONValue(module(of: device))
    case .override: JSONValue(device.driverOverride.value?.driver?.text)
    case .role: JSONValue(DeviceRole(device)?.rawValue)
    case .vfio: JSONValue(ListDocument.joined(device.vfioDevices.value?.map(\.name)))
    case .numa: JSONValue(device.numaNode.value)
    case .iommu: JSONValue(device.iommu.value)
    case .sriov: JSONValue(ListDocument.sriov(device.sriov))
    case .reset: JSONValue(ListDocument.reset(device.reset.value))
    case .path: .string(device.path.description)
    case .group, .viability, .use, .claim, .type, .policy: .null
    }
  }

  private func module(of device: Device) -> String? {
    device.driver.value.flatMap { modules[DriverKey(bus: device.bus, driver: $0)] }
  }

  private static func joined(_ words: [String]?) -> String? {
    guard let words, !words.isEmpty else { return nil }
    return words.joined(separator: ",")
  }

  private static func sriov(_ role: SRIOVRole) -> String? {
    switch role {
    case .none: nil
    case .virtual(let physicalFunction): String(physicalFunction.name)
    case .physical(let function):
      "\(function.virtualFunctions.count)/\(function.totalVFs.value.map(String.init) ?? "?")"
    }
  }

  /// A kernel without `reset_method` only tells that there is some way.
  private static func reset(_ support: ResetSupport?) -> String? {
    guard let support else { return nil }
    return joined(support.methods) ?? "yes"
  }
}
