/// The name of a kernel module as `/sys/module` spells it: underscores, never dashes.
package struct ModuleName: Hashable, Sendable {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// The module of a driver or a file by its name alone: the kernel takes dashes for underscores.
  package init(spelling name: String) {
    text = String(name.map { $0 == "-" ? "_" : $0 })
  }
}

extension ModuleName: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(value) }
}

extension ModuleName: Comparable {
  package static func < (left: ModuleName, right: ModuleName) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

extension ModuleName: CustomStringConvertible {
  package var description: String { text }
}
