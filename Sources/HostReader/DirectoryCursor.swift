import HostModel
import SystemCalls

/// The open directories from the root of a host to the one asked last.
///
/// Each component is opened below its parent without following a link, so nothing outside the
/// root can be reached, whatever the tree does meanwhile. What two paths have in common stays
/// open: in sorted order, a device costs one or two opens.
struct DirectoryCursor: ~Copyable {
  let root: Descriptor
  /// The path asked last. The open directories are on its way, and all of it if it was there.
  private var path: HostPath = .root
  /// Every open directory below the root, with the length of its path in bytes.
  ///
  /// Plain numbers, closed here, since an array cannot hold values that own something.
  private var open: [(length: Int, descriptor: Int32)] = []

  init(root: consuming Descriptor) {
    self.root = root
  }

  deinit {
    for directory in open { Descriptor.close(directory.descriptor) }
  }

  /// The descriptor of a directory, good until the next question; `nil` when there is none.
  mutating func descriptor(of directory: HostPath) throws(ReadFailure) -> Int32? {
    let size = directory.relative.utf8.count
    if reached < size || directory != path {
      climb(towards: directory.relative)
      path = directory
      while reached < size {
        let component = String(nextComponent)
        let parent = innermost
        let found = try ReadFailure.askingOfEntry { () throws(Errno) in
          try DirectoryEntry.openDirectory(component, in: parent)
        }
        guard let next = found else { return nil }
        guard open.count < AttributeLimit.depth else {
          throw .malformed("more than \(AttributeLimit.depth) directories deep")
        }
        let start = reached == 0 ? 0 : reached + 1
        open.append((start + component.utf8.count, next.release()))
      }
    }
    return innermost
  }

  private var innermost: Int32 { open.last?.descriptor ?? root.number }

  /// How much of the path is open, in bytes.
  private var reached: Int { open.last?.length ?? 0 }

  /// The first component of the path that is not open.
  private var nextComponent: Substring {
    let bytes = path.relative.utf8
    let start = bytes.index(bytes.startIndex, offsetBy: reached == 0 ? 0 : reached + 1)
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
    return path.relative[start..<end]
  }

  /// Closes what does not lead to `wanted`.
  private mutating func climb(towards wanted: String) {
    let old = path.relative.utf8Span.span
    let new = wanted.utf8Span.span
    var common = 0
    while common < old.count, common < new.count, old[common] == new[common] { common += 1 }
    while let last = open.last {
      let isComponent = last.length >= new.count || new[last.length] == UInt8(ascii: "/")
      if last.length <= common, isComponent { break }
      Descriptor.close(last.descriptor)
      open.removeLast()
    }
  }
}
