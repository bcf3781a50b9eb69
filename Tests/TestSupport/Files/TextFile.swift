/// Whole files as text, for what tests compare.
package enum TextFile {
  /// The file's text; `nil` when it cannot be read.
  package static func text(of path: String) -> String? {
    TreeFiles.readFile(path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The lines of a file, without their ends; none when it cannot be read.
  package static func lines(of path: String) -> [Substring] {
    text(of: path)?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
  }
}
