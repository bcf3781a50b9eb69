/// The name of a rule: stable once released, what users search for and suppress.
package struct RuleSlug: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package var description: String { text }

  package static func < (left: RuleSlug, right: RuleSlug) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

extension RuleSlug: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(value) }
}
