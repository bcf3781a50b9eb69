import ArgumentParser
import HostModel
import OwnershipAnalysis
import Reporting

/// `list`: all groups and devices as a table, with lsblk's manners.
struct ListCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List groups and devices as a table.")

  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Columns to print; +COL,... adds to the default.", valueName: "columns"),
    completion: .list(ListColumn.all.map(\.title)))
  var columns: String?

  @Flag(help: "Print the columns that there are, and what they mean.")
  var listColumns = false

  @Flag(name: [.customShort("n"), .customLong("noheadings")], help: "Print no headings.")
  var noHeadings = false

  @Flag(name: .shortAndLong, help: "Separate columns by one blank.")
  var raw = false

  @Option(help: ArgumentHelp("Only this group; repeatable.", valueName: "number"))
  var group: [String] = []

  @Option(help: ArgumentHelp("Only devices on this driver; repeatable.", valueName: "name"))
  var driver: [String] = []

  @Option(
    name: [.customShort("d"), .customLong("id")],
    help: ArgumentHelp(
      "Only devices with this id; either part can be empty.", valueName: "vendor:device"),
    transform: IdentityPattern.init)
  var id: [IdentityPattern] = []

  @Argument(help: "Only these devices: 0000:01:00.0, 01:00.0 or another name in sysfs.")
  var devices: [String] = []

  func answer(into output: Output) throws -> Conclusion {
    guard !listColumns else {
      try output.write(columnHelp)
      return .fine
    }
    let unasked = output.style.form == .json ? ListColumn.jsonDefault : ListColumn.textDefault
    let columns = try columns.map { try ColumnChoice($0).applied(to: unasked) } ?? unasked
    let audit = try source.audit()
    guard !audit.host.isBlank else {
      throw Failure(AuditVerdict.blank.line)
    }
    let filter = RowFilter(
      selection: try Selection(groups: group, devices: devices, on: audit),
      drivers: try drivers(on: audit), identities: id)
    let rows = ListRow.all(of: audit).filter(filter.accepts)
    guard output.style.form != .quiet else { return .fine }
    let names =
      columns.contains(where: \.needsNames)
      ? HardwareDatabase.names(of: rows.compactMap { $0.device?.identity.value }) : .none
    try output.write(
      ListDocument(audit, rows: rows, columns: columns, names: names, layout: layout))
    return .fine
  }

  /// Whoever asks for columns gets them whole.
  private var layout: ListDocument.Layout {
    raw
      ? .raw(hasHeading: !noHeadings)
      : .table(hasHeading: !noHeadings, width: columns == nil ? ListCommand.defaultWidth : nil)
  }

  /// What the default columns fit into, in characters.
  private static let defaultWidth = 100

  private var columnHelp: String {
    var table = Table([Table.Column("COLUMN"), Table.Column("MEANING")])
    for column in ListColumn.all { table.add([column.title, column.summary]) }
    return table.text(heading: !noHeadings)
  }

  /// A driver that binds nothing is a fair question; one that the host does not know is not.
  private func drivers(on audit: Audit) throws -> Set<DriverName> {
    let known = Set(audit.host.drivers.map(\.name))
      .union(audit.host.devices.compactMap(\.driver.value))
    for text in driver where !known.contains(DriverName(text)) {
      let hint = Nearest.hint(to: text, among: known.sorted().map(\.text))
      throw ValidationError("no driver '\(text)' on this host\(hint.map { "; \($0)" } ?? "")")
    }
    return Set(driver.map { DriverName($0) })
  }
}
