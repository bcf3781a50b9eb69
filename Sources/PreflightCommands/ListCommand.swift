import ArgumentParser
import HostModel
import OwnershipAnalysis
import Reporting
import Udev

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

  @Flag(help: "Print the available columns and what they mean.")
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
    let audit = try source.audit(needing: ListColumn.neededFacts(for: columns))
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
    for text in driver where !known.contains(DriverName(PrintableText.unescape(name: text))) {
      let hint = Nearest.hint(to: text, among: known.sorted().map(\.text))
      throw ValidationError("no driver '\(text)' on this host\(hint.map { "; \($0)" } ?? "")")
    }
    return Set(driver.map { DriverName(PrintableText.unescape(name: $0)) })
  }
}

/// The value of `--output`: columns in place of the default, or with `+` beside it.
struct ColumnChoice {
  private let columns: [ListColumn]
  private let adds: Bool

  init(_ text: String) throws {
    adds = text.hasPrefix("+")
    let titles = text.dropFirst(adds ? 1 : 0)
    guard !titles.isEmpty else { throw ValidationError("no column named") }
    columns = try titles.split(separator: ",", omittingEmptySubsequences: false).map { title in
      guard !title.isEmpty else { throw ValidationError("a column without a name in '\(text)'") }
      guard let column = ListColumn.titled(title) else {
        let known = ListColumn.all.map(\.title).joined(separator: ",")
        throw ValidationError("no column '\(title)'; known: \(known)")
      }
      return column
    }
  }

  /// A column that is already there is not added again.
  func applied(to unasked: [ListColumn]) -> [ListColumn] {
    adds ? unasked + columns.filter { !unasked.contains($0) } : columns
  }
}

/// The names that libudev's hardware database has for devices.
enum HardwareDatabase {
  /// Looks every distinct identity up once: a look-up costs as much as reading three devices.
  ///
  /// The names are those of this machine's database whatever host is shown, and none where it has
  /// no database.
  static func names(of identities: [PCIIdentity]) -> DeviceNames {
    guard !identities.isEmpty, let database = UdevHardwareDatabase() else { return .none }
    var entries: [PCIIdentity: DeviceNames.Entry] = [:]
    for identity in identities where entries[identity] == nil {
      let names = database.names(
        vendor: identity.vendor, device: identity.device, baseClass: identity.deviceClass.base,
        subclass: identity.deviceClass.subclass)
      entries[identity] = DeviceNames.Entry(
        vendor: names.vendor, device: names.device, deviceClass: names.subclass ?? names.baseClass)
    }
    return DeviceNames(entries)
  }
}
