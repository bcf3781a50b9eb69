/// The name of a driver: its directory's name under `/sys/bus/BUS/drivers`, as `driver_override` compares it.
package struct DriverName: Hashable, Sendable {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }
}

extension DriverName: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(value) }
}

extension DriverName: Comparable {
  package static func < (left: DriverName, right: DriverName) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

extension DriverName: CustomStringConvertible {
  package var description: String { text }
}
