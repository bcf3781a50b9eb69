package import HostModel

/// A fact that a verdict rests on: the place on the host and what it says there.
package struct Evidence: Sendable, Hashable {
  /// The attribute, link or directory.
  package let path: HostPath
  /// The raw value as the host shows it; `nil` where the host has no such entry.
  package let value: String?

  package init(path: HostPath, value: String?) {
    self.path = path
    self.value = value
  }
}
