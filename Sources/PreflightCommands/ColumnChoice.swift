import ArgumentParser
import Reporting

/// The value of `--output`: columns in place of the default, or with `+` beside it.
struct ColumnChoice {
  private let columns: [ListColumn]
  private let adds: Bool

  init(_ text: String) throws {
    adds = text.hasPrefix("+")
    columns = try text.dropFirst(adds ? 1 : 0).split(separator: ",").map { title in
      guard let column = ListColumn(title: title) else {
        let known = ListColumn.allCases.map(\.title).joined(separator: ",")
        throw ValidationError("no column '\(title)'; known: \(known)")
      }
      return column
    }
    guard !columns.isEmpty else { throw ValidationError("no column named") }
  }

  /// A column that is already there is not added again.
  func applied(to unasked: [ListColumn]) -> [ListColumn] {
    adds ? unasked + columns.filter { !unasked.contains($0) } : columns
  }
}
