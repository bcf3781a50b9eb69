/// A path on the observed host, below its root: `/sys/bus/pci/devices`.
///
/// It names a place on the host, never on the machine that runs the program: the same path is
/// read from a live host, a captured tree or a snapshot. It is always normalised: no empty
/// component, no `.` and no `..`.
package struct HostPath: Hashable, Sendable {
  /// The path without its leading slash; empty for the root.
  package let relative: String

  /// The root of the host.
  package static let root = HostPath(normalised: "")

  private init(normalised relative: String) {
    self.relative = relative
  }

  /// Parses a path from the root; fails when it is not normalised.
  package init?(_ text: String) {
    let body = text.utf8.first == UInt8(ascii: "/") ? String(text.dropFirst()) : text
    guard body.isEmpty || HostPath.isNormalised(body) else { return nil }
    self.init(normalised: body)
  }

  package init?(_ text: Substring) {
    self.init(String(text))
  }

  /// Whether every component could be one: one pass, since a snapshot has a path on every line.
  ///
  /// Of a String and not of any collection of bytes, which the caller in another module would walk
  /// through a table of functions, byte by byte.
  private static func isNormalised(_ path: String) -> Bool {
    isNormalised(path.utf8Span.span)
  }

  /// The same of bytes; they must be UTF-8 to be a path.
  package static func isNormalised(_ path: Span<UInt8>) -> Bool {
    var length = 0
    var dots = 0
    for index in path.indices {
      let byte = path[index]
      if byte == slash {
        guard length > 0, dots != length || dots > 2 else { return false }
        length = 0
        dots = 0
      } else {
        guard byte != 0 else { return false }
        length += 1
        if byte == dot { dots += 1 }
      }
    }
    return length > 0 && (dots != length || dots > 2)
  }

  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")

  /// Whether `name` can be one component of a path.
  package static func isComponent(_ name: String) -> Bool {
    let bytes = name.utf8Span.span
    for index in bytes.indices where bytes[index] == slash { return false }
    return isNormalised(bytes)
  }

  /// The path of an entry of this directory; `name` may hold several components.
  package func appending(_ name: String) -> HostPath {
    HostPath(normalised: relative.isEmpty ? name : relative + "/" + name)
  }

  package static func / (directory: HostPath, name: String) -> HostPath {
    directory.appending(name)
  }

  /// The last component; empty for the root.
  package var name: Substring {
    guard let slash = relative.utf8.lastIndex(of: UInt8(ascii: "/")) else { return relative[...] }
    return relative[relative.utf8.index(after: slash)...]
  }

  /// The directory that holds this entry; `nil` for the root.
  package var parent: HostPath? {
    guard !relative.isEmpty else { return nil }
    guard let slash = relative.utf8.lastIndex(of: UInt8(ascii: "/")) else { return .root }
    return HostPath(normalised: String(relative[..<slash]))
  }

  /// The components, outermost first.
  package var components: [Substring] {
    relative.utf8.split(separator: UInt8(ascii: "/")).map(Substring.init)
  }

  /// Where a symbolic link in this directory leads, by text alone.
  ///
  /// - Returns: `nil` when the target climbs above the root or is absolute: sysfs writes neither.
  package func resolving(link target: String) -> HostPath? {
    let link = target.utf8Span.span
    guard !link.isEmpty, link[0] != HostPath.slash else { return nil }
    // sysfs writes `../../..` and then only names: climb by bytes, and join once.
    var start = 0
    var directory = relative[...]
    while link.count - start > 2, link[start] == HostPath.dot, link[start + 1] == HostPath.dot,
      link[start + 2] == HostPath.slash
    {
      guard let parent = HostPath.parent(of: directory) else { return nil }
      directory = parent
      start += 3
    }
    let below = target.utf8.dropFirst(start)
    guard !HostPath.isNormalised(link.extracting(start...)) else {
      let below = String(Substring(below))
      return HostPath(normalised: directory.isEmpty ? below : String(directory) + "/" + below)
    }
    for component in below.split(separator: HostPath.slash).map(Substring.init)
    where component != "." {
      if component == ".." {
        guard let parent = HostPath.parent(of: directory) else { return nil }
        directory = parent
      } else {
        directory = directory.isEmpty ? component : directory + "/" + component
      }
    }
    return HostPath(String(directory))
  }

  private static func parent(of path: Substring) -> Substring? {
    guard !path.isEmpty else { return nil }
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      return path[..<path.startIndex]
    }
    return path[..<slash]
  }
}

extension HostPath: ExpressibleByStringLiteral {
  /// A path written in the source; it must be normalised, which the tests of the readers prove.
  package init(stringLiteral value: String) {
    self.init(normalised: value.utf8.first == UInt8(ascii: "/") ? String(value.dropFirst()) : value)
  }
}

/// By bytes, like every name of the kernel.
extension HostPath {
  package static func == (left: HostPath, right: HostPath) -> Bool {
    ByteOrder.isEqual(left.relative, right.relative)
  }

  package func hash(into hasher: inout Hasher) {
    ByteOrder.hash(relative, into: &hasher)
  }
}

extension HostPath: Comparable {
  /// Bytewise order of the whole path, the order of a snapshot file.
  package static func < (left: HostPath, right: HostPath) -> Bool {
    ByteOrder.precedes(left.relative, right.relative)
  }
}

extension HostPath: CustomStringConvertible {
  /// The path with its slash, in printable ASCII: names of a hostile tree can carry escape sequences.
  package var description: String { "/" + PrintableText.escape(relative) }
}
