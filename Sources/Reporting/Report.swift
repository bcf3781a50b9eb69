/// The forms in which the program writes an answer.
package enum OutputForm: Sendable, CaseIterable {
  /// For people.
  case text
  /// For programs: a documented, versioned shape.
  case json
  /// Not at all: the exit status is the answer.
  case quiet
}

/// An answer that is complete when it is written.
package protocol Report {
  func text(in palette: Palette) -> String
  var json: JSONValue { get }

  /// Writes the text, in pieces where it can be long.
  ///
  /// - Parameter sink: takes the next piece; `false` when no other is wanted.
  func write(in palette: Palette, to sink: (String) -> Bool)
}

extension Report {
  package func write(in palette: Palette, to sink: (String) -> Bool) {
    _ = sink(text(in: palette))
  }
}

/// How much text is gathered before it is written.
enum Piece {
  /// In bytes of UTF-8.
  static let size = 64 << 10
}

/// An answer whose rows are written one by one, before all of them are known.
package protocol RowReport: Sendable {
  associatedtype Row
  associatedtype Sum

  /// The line above the rows, for people.
  var heading: String { get }
  func text(of row: Row, in palette: Palette) -> String
  func json(of row: Row) -> JSONValue
  /// What stands under the rows, for people.
  func summary(of sum: Sum) -> String
}

/// The form and the colours of an answer; the one place where an answer becomes text.
package struct OutputStyle: Sendable {
  package let form: OutputForm
  package let palette: Palette

  /// Text without colours.
  package static let plain = OutputStyle(form: .text, palette: .plain)

  package init(form: OutputForm, palette: Palette) {
    self.form = form
    self.palette = palette
  }

  /// Writes an answer, a long one in pieces, so that it is never in memory as a whole.
  ///
  /// - Parameter sink: takes the next piece; `false` when no other is wanted.
  package func write(_ report: some Report, to sink: @escaping (String) -> Bool) {
    switch form {
    case .text: report.write(in: palette, to: sink)
    case .json: JSONText.write(report.json, to: sink)
    case .quiet: break
    }
  }

  /// What stands before the first row.
  package func heading(of report: some RowReport) -> String {
    switch form {
    case .text: report.heading
    case .json, .quiet: ""
    }
  }

  /// One row, on a line.
  package func rendering<Rows: RowReport>(of row: Rows.Row, of report: Rows) -> String {
    switch form {
    case .text: report.text(of: row, in: palette)
    case .json: JSONText(report.json(of: row), .line).text
    case .quiet: ""
    }
  }

  /// What stands after the last row.
  package func summary<Rows: RowReport>(_ sum: Rows.Sum, of report: Rows) -> String {
    switch form {
    case .text: report.summary(of: sum)
    case .json, .quiet: ""
    }
  }
}
