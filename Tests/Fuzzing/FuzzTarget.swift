/// A parser, or all that follows from what it accepts, as a function of bytes that anybody may have
/// written.
///
/// The raw value names its folders: seeds and findings under `Fixtures/hostile`, and the corpus of
/// a run. A property that does not hold is thrown; a trap, a leak and endless work are the
/// fuzzer's own to see.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// The bytes are a snapshot file, as `--sysroot` takes it.
  case snapshot
  /// The bytes are lines of a snapshot in any order, so that nearly every change is accepted: what
  /// follows from a host is what is tried.
  case host
  /// Two bytes choose an attribute or a link of a sound host, the rest takes its place.
  case attribute
  /// The bytes are a script of operations for a sound host.
  case operations
  /// The bytes are one text for each of the small parsers: versions, addresses, regions, messages.
  case text

  package func check(_ input: [UInt8]) throws {
    switch self {
    case .snapshot: try SnapshotProperties.check(input)
    case .host: try HostProperties.check(LooseSnapshot.entries(of: input))
    case .attribute: try HostProperties.check(SoundHost.entries(changedBy: input))
    case .operations: try OperationProperties.check(input)
    case .text: try TextProperties.check(input)
    }
  }
}

/// A property that does not hold for an input.
package struct Violation: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) {
    self.description = description
  }

  /// Throws unless the property holds.
  static func unless(_ holds: Bool, _ description: @autoclosure () -> String) throws {
    guard holds else { throw Violation(description()) }
  }
}
