/// An output that is not what the golden file says.
package struct GoldenMismatch: Error, CustomStringConvertible {
  package let description: String
}

/// Compares with a golden file: expected output under version control.
///
/// `VFIO_PREFLIGHT_ACCEPT_GOLDEN=1 swift test` writes the actual text in place of the expected; the
/// commit then says why it changed.
///
/// - Parameter path: an absolute path, most often below `Fixture.directory`.
/// - Throws: `GoldenMismatch` with the first lines that differ, which fails the test.
package func expectGolden(_ actual: String, at path: String) throws {
  let expected = TextFile.text(of: path)
  guard actual != expected else { return }
  guard TreeFiles.environment("VFIO_PREFLIGHT_ACCEPT_GOLDEN") != "1" else {
    return try TreeFiles.writeFile(path, Array(actual.utf8))
  }
  let state = expected == nil ? "is not there" : "says otherwise"
  let difference = LineDifference(expected: expected ?? "", actual: actual)
  throw GoldenMismatch(description: "\(path) \(state):\n\(difference)")
}
