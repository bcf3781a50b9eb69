import HostModel

extension JSONValue {
  /// `null` stands for a text that nobody knows.
  init(_ text: String?) {
    self = text.map(JSONValue.string) ?? .null
  }

  /// `null` stands for a number that nobody knows.
  init(_ number: Int?) {
    self = number.map(JSONValue.integer) ?? .null
  }

  /// What the host said; `null` when it has no such thing or did not answer, which `problems` tells.
  init<Value>(_ reading: Reading<Value>, _ transform: (Value) -> JSONValue) {
    self = reading.value.map(transform) ?? .null
  }
}
