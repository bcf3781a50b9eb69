import HostModel

/// Which lines of a long file matter, and what of them.
///
/// A snapshot keeps the excerpt in place of the file, so reducing must be idempotent: a reduced
/// line reduces to itself.
package struct Excerpt: Sendable {
  /// How much of the file is read, in bytes; the rest is passed over.
  package let limit: Int
  /// The line as it is kept, or `nil` to drop it. The argument has no line end.
  package let reduce: @Sendable (_ line: Substring) -> String?

  package init(limit: Int, reduce: @escaping @Sendable (_ line: Substring) -> String?) {
    self.limit = limit
    self.reduce = reduce
  }
}
