/// The answer of a host to one question: a value, "there is none", or no answer.
///
/// The three are never mixed: what could not be read is unknown, not absent.
///
/// `Value` is not constrained, since the runtime would look for the conformances of every type that
/// is read at each start, some 30 microseconds a type.
package enum Reading<Value> {
  case value(Value)
  /// The host was asked and has no such thing.
  case absent
  /// The host did not say; what depends on it is undetermined.
  case unread(ReadFailure)

  /// The value, when there is one.
  package var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }

  /// The value or `nil` for none, when the host answered; `nil` when it did not.
  package var readValue: Value?? {
    switch self {
    case .value(let value): .some(value)
    case .absent: .some(nil)
    case .unread: nil
    }
  }

  /// Whether the host certainly has none.
  package var isAbsent: Bool {
    if case .absent = self { true } else { false }
  }

  /// Why there is no answer.
  package var failure: ReadFailure? {
    if case .unread(let failure) = self { failure } else { nil }
  }

  package func map<Other>(_ transform: (Value) -> Other) -> Reading<Other> {
    switch self {
    case .value(let value): .value(transform(value))
    case .absent: .absent
    case .unread(let failure): .unread(failure)
    }
  }
}

extension Reading: Sendable where Value: Sendable {}
extension Reading: Equatable where Value: Equatable {}
