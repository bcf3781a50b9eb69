import HostModel

/// Writes a `JSONValue` as text: two spaces a level or all on one line, keys in bytewise order,
/// slashes plain.
///
/// Written by hand for two reasons: the text can go to a terminal, and an encoder would pass C1
/// controls and bidirectional overrides through; and an encoder takes eight times as long, which
/// shows on a host of ten thousand devices.
package struct JSONText {
  /// The document, ended by a line end.
  package private(set) var text = ""
  private let layout: Layout
  /// Takes text that is long enough to be written; `false` when no more is wanted.
  private let sink: ((String) -> Bool)?
  private var isWanted = true

  package enum Layout: Sendable {
    case indented
    /// One line, for a stream of documents.
    case line
  }

  package init(_ value: JSONValue, _ layout: Layout = .indented) {
    self.init(layout, sink: nil)
    append(value, indent: 0)
    text += "\n"
  }

  private init(_ layout: Layout, sink: ((String) -> Bool)?) {
    self.layout = layout
    self.sink = sink
  }

  /// Writes the document in pieces.
  ///
  /// - Parameter sink: takes the next piece; `false` when no other is wanted.
  package static func write(_ value: JSONValue, to sink: @escaping (String) -> Bool) {
    var writer = JSONText(.indented, sink: sink)
    writer.append(value, indent: 0)
    writer.text += "\n"
    if writer.isWanted { _ = sink(writer.text) }
  }

  private mutating func append(_ value: JSONValue, indent: Int) {
    switch value {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .unsigned(let value): text += String(value)
    case .string(let value): append(quoted: value)
    case .array(let elements):
      appendList(elements, brackets: ("[", "]"), indent: indent) { writer, element in
        writer.append(element, indent: indent + 1)
      }
    case .rows(let rows):
      appendList(0..<rows.count, brackets: ("[", "]"), indent: indent) { writer, index in
        writer.append(rows.row(index), indent: indent + 1)
        writer.offer()
      }
    case .object(let members):
      appendList(members, brackets: ("{", "}"), indent: indent) { writer, member in
        writer.append(quoted: member.key)
        writer.text += ": "
        writer.append(member.value, indent: indent + 1)
      }
    }
  }

  private mutating func offer() {
    guard let sink, text.utf8.count >= Piece.size else { return }
    isWanted = sink(text)
    text.removeAll(keepingCapacity: true)
  }

  private mutating func appendList<Elements: Collection>(
    _ elements: Elements, brackets: (open: String, close: String), indent: Int,
    each: (inout JSONText, Elements.Element) -> Void
  ) {
    text += brackets.open
    for (position, element) in elements.enumerated() where isWanted {
      if position > 0 { text += layout == .line ? ", " : "," }
      breakLine(indent: indent + 1)
      each(&self, element)
    }
    if !elements.isEmpty { breakLine(indent: indent) }
    text += brackets.close
  }

  private mutating func breakLine(indent: Int) {
    guard layout == .indented else { return }
    text += "\n" + String(repeating: "  ", count: indent)
  }

  private mutating func append(quoted string: String) {
    text += "\""
    if string.utf8.allSatisfy(JSONText.isPlain) {
      text += string
    } else {
      for scalar in string.unicodeScalars { append(scalar) }
    }
    text += "\""
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\t": text += "\\t"
    case "\r": text += "\\r"
    case _ where PrintableText.byte(of: scalar) != nil:
      text += TerminalText.escape(String(scalar)).replacing("\\", with: "\\\\")
    case _ where TerminalText.isHostile(scalar):
      for unit in UTF16.encode(scalar) ?? UTF16.EncodedScalar() {
        text += "\\u" + Hexadecimal.text(unit, digits: 4)
      }
    default: text.unicodeScalars.append(scalar)
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7f).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}
