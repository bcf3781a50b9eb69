import ArgumentParser
import Reporting

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
