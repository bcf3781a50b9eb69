import Glibc
import HostModel

/// The open directories from the root of a host to the one asked last.
///
/// Each component is opened below its parent without following a link, so nothing outside the
/// root can be reached, whatever the tree does meanwhile. What two paths have in common stays
/// open: in sorted order, a device costs one or two opens.
struct DirectoryCursor: ~Copyable {
  private let root: OpenFile
  /// The path of the innermost open directory.
  private var path = ""
  /// Every directory below the root, with the length of its path in bytes.
  ///
  /// Plain numbers, closed here, since an array cannot hold values that own something.
  private var open: [(length: Int, descriptor: Int32)] = []

  init(root: consuming OpenFile) {
    self.root = root
  }

  deinit {
    for directory in open { close(directory.descriptor) }
  }

  /// The descriptor of a directory, good until the next question; `nil` when there is none.
  mutating func descriptor(of directory: HostPath) throws(ReadFailure) -> Int32? {
    let wanted = directory.relative
    if wanted == path { return innermost }
    climb(towards: wanted)
    let bytes = wanted.utf8
    var start = bytes.index(bytes.startIndex, offsetBy: open.last.map { $0.length + 1 } ?? 0)
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
      guard open.count < AttributeLimit.depth else {
        throw .malformed("more than \(AttributeLimit.depth) directories deep")
      }
      guard let next = try OpenFile.directory(String(wanted[start..<end]), in: innermost) else {
        return nil
      }
      open.append((bytes.distance(from: bytes.startIndex, to: end), next))
      path = String(wanted[..<end])
      guard end < bytes.endIndex else { break }
      start = bytes.index(after: end)
    }
    return innermost
  }

  private var innermost: Int32 { open.last?.descriptor ?? root.number }

  /// Closes what does not lead to `wanted`.
  private mutating func climb(towards wanted: String) {
    let common = zip(path.utf8, wanted.utf8).prefix { $0 == $1 }.count
    let size = wanted.utf8.count
    while let last = open.last {
      let isOnTheWay =
        last.length == size
        || last.length < size
          && wanted.utf8[wanted.utf8.index(wanted.startIndex, offsetBy: last.length)]
            == UInt8(ascii: "/")
      if last.length <= common, isOnTheWay { break }
      close(last.descriptor)
      open.removeLast()
    }
    path = String(wanted.utf8.prefix(open.last?.length ?? 0)) ?? ""
  }
}
