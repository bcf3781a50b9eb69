import HostModel
import HostReader
import SystemCalls

/// A file of operations that the user named.
enum TextInput {
  /// In bytes; half a million operations.
  private static let limit = 16 << 20

  /// The lines of a file, or of standard input for `-`.
  static func lines(of path: String) throws -> [String] {
    let name = PrintableText.quoted(path)
    let bytes: [UInt8]
    do throws(Errno) {
      let file =
        path == "-" ? try Descriptor.standardInput() : try Descriptor.file(at: path)
      bytes = try file.contents(limit: limit + 1)
    } catch {
      throw Failure("cannot read \(name): \(ErrorNumber(error).meaning)")
    }
    guard bytes.count <= limit else { throw Failure("\(name) is longer than \(limit) bytes") }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure("\(name) is not text in UTF-8")
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
