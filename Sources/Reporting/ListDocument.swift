import HostModel
package import OwnershipAnalysis

/// The table of `list`: chosen rows and columns of one audit.
package struct ListDocument: Report {
  private let layout: Layout
  private let rows: [ListRow]
  private let columns: [ListColumn]
  private let names: DeviceNames
  private let host: ObservedHost

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
    host = audit.host
  }

  /// `-` stands where the host has no answer.
  package func text(in palette: Palette = .plain) -> String {
    switch layout {
    case .table(let hasHeading, let width): table(heading: hasHeading, width: width)
    case .raw(let hasHeading): raw(heading: hasHeading)
    }
  }

  private func table(heading: Bool, width: Int?) -> String {
    var table = Table(columns.map { Table.Column($0.title, $0.alignment) })
    for row in rows { table.add(values(columns, of: row).map(ListDocument.cell)) }
    return table.text(heading: heading, width: width)
  }

  private func raw(heading: Bool) -> String {
    var text = heading ? columns.map(\.title).joined(separator: " ") + "\n" : ""
    for row in rows {
      let cells = values(columns, of: row).map { value in
        ListDocument.cell(value).split(separator: " ", omittingEmptySubsequences: false)
          .joined(separator: "\\x20")
      }
      text += cells.joined(separator: " ") + "\n"
    }
    return text
  }

  package var json: JSONValue {
    // A column can be asked for twice; an object has a key once.
    let keys = columns.enumerated().filter { columns.firstIndex(of: $1) == $0 }.map(\.element)
    let devices = rows.map { row in
      JSONValue.members(zip(keys.map(\.key), values(keys, of: row)))
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

  private func values(_ columns: [ListColumn], of row: ListRow) -> [JSONValue] {
    let cell = ListCell(row: row, allNames: names) { host.driver($0, on: $1)?.module.value?.text }
    return columns.map { $0.value(cell) }
  }
}
