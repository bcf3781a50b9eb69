/// Text in aligned columns, ASCII only, without a trailing space.
package struct Table {
  package struct Column: Sendable {
    package let title: String
    package let alignment: Alignment
    /// At least so many characters: of rows that are not there yet.
    package let width: Int

    package init(_ title: String, _ alignment: Alignment = .left, width: Int = 0) {
      self.title = title
      self.alignment = alignment
      self.width = width
    }
  }

  package enum Alignment: Sendable {
    case left
    /// Numbers.
    case right
  }

  package let columns: [Column]
  /// One cell a column; the cells must be fit for a terminal already.
  package private(set) var rows: [[String]] = []

  package init(_ columns: [Column]) {
    self.columns = columns
  }

  /// Adds a row; missing cells are empty.
  package mutating func add(_ cells: [String]) {
    let missing = max(0, columns.count - cells.count)
    rows.append(Array(cells.prefix(columns.count)) + Array(repeating: "", count: missing))
  }

  /// The lines, each ended by a line end; two spaces between columns.
  ///
  /// - Parameter width: cells of the last column are cut so that a line has so many characters,
  ///   as far as the other columns leave it ten.
  package func text(heading: Bool = true, width: Int? = nil) -> String {
    var lines = (heading ? [columns.map(\.title)] : []) + rows
    var widths = columns.map(\.width)
    for line in lines {
      for (position, cell) in line.enumerated() {
        widths[position] = max(widths[position], Table.width(cell))
      }
    }
    if let width, let last = columns.indices.last {
      let left = width - widths.dropLast().reduce(0) { $0 + $1 + 2 }
      for line in lines.indices { lines[line][last] = Table.cut(lines[line][last], to: left) }
    }
    var text = ""
    for line in lines { append(line, widths: widths, to: &text) }
    return text
  }

  private static func cut(_ cell: String, to width: Int) -> String {
    let limit = max(10, width)
    guard self.width(cell) > limit else { return cell }
    return String(String.UnicodeScalarView(cell.unicodeScalars.prefix(limit - 3))) + "..."
  }

  private func append(_ cells: [String], widths: [Int], to text: inout String) {
    // Blanks wait until something follows them, so that no line ends in one.
    var blanks = 0
    for (position, cell) in cells.enumerated() {
      let padding = widths[position] - Table.width(cell)
      let isRight = columns[position].alignment == .right
      if cell.isEmpty {
        blanks += padding
      } else {
        text += String(repeating: " ", count: isRight ? blanks + padding : blanks)
        text += cell
        blanks = isRight ? 0 : padding
      }
      blanks += 2
    }
    text += "\n"
  }

  /// Characters on the terminal: a colour of `Palette` takes none.
  private static func width(_ cell: String) -> Int {
    guard cell.utf8.contains(escape) else { return cell.unicodeScalars.count }
    var width = 0
    var isColour = false
    for byte in cell.unicodeScalars {
      if byte.value == UInt32(escape) { isColour = true }
      if !isColour { width += 1 }
      if byte == "m" { isColour = false }
    }
    return width
  }

  private static let escape: UInt8 = 0x1b
}
