/// Whether a kernel has a feature; a version that nobody read is not guessed.
package enum Presence: Sendable, Hashable {
  case no
  case yes
  /// The version lies between the last one read without and the first one read with it.
  case unread
}
