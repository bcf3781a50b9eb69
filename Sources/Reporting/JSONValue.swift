import HostModel

/// A JSON value as the program builds it, before it becomes text.
///
/// `null` is a value too: a key is never left out because its value is unknown.
package enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  /// A 64-bit address, which can be larger than any `Int`.
  case unsigned(UInt64)
  case string(String)
  case array([JSONValue])
  /// A long array, whose elements are made when they are written.
  case rows(Rows)
  /// Sorted by key; `members(_:)` makes it so.
  case object([Member])

  /// A key with its value; an array of them takes less memory than a dictionary, which shows on a
  /// host of ten thousand devices.
  package struct Member: Sendable, Equatable {
    package let key: String
    package let value: JSONValue
  }

  /// Elements that are made one by one.
  package struct Rows: Sendable, Equatable {
    let count: Int
    let row: @Sendable (Int) -> JSONValue

    package static func == (left: Rows, right: Rows) -> Bool {
      left.count == right.count && (0..<left.count).allSatisfy { left.row($0) == right.row($0) }
    }
  }

  /// An array with an element for each thing, made when it is written.
  static func rows<Thing: Sendable>(
    _ things: [Thing], _ row: @escaping @Sendable (Thing) -> JSONValue
  ) -> JSONValue {
    .rows(Rows(count: things.count) { row(things[$0]) })
  }

  /// An object, its keys in bytewise order, so that the same content gives the same bytes.
  package static func members(_ members: some Sequence<(String, JSONValue)>) -> JSONValue {
    .object(
      members.map { Member(key: $0, value: $1) }
        .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }

  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .members(elements)
  }
}

extension JSONValue {
  /// `null` stands for an unknown text.
  init(_ text: String?) {
    self = text.map(JSONValue.string) ?? .null
  }

  /// `null` stands for an unknown number.
  init(_ number: Int?) {
    self = number.map(JSONValue.integer) ?? .null
  }

  /// What the host said; `null` when it does not have it or did not answer, which `problems` shows.
  init<Value>(_ reading: Reading<Value>, _ transform: (Value) -> JSONValue) {
    self = reading.value.map(transform) ?? .null
  }
}
