import HostModel
import SystemCalls

/// The directories from the root down to the one that was asked for last: most often the next is
/// below one of them.
///
/// The path of a directory has a slash at its end here, that of the root is empty.
struct DirectoryTrail {
  /// The number of the root, of which no step is needed.
  static let root: UInt32 = 0

  /// The path of the last directory.
  private var path: [UInt8] = []
  /// Where the path of each directory ends, and its number.
  private var steps: [(end: Int, directory: UInt32)] = []

  /// The last directory.
  var directory: UInt32 { steps.last?.directory ?? DirectoryTrail.root }

  /// Goes back to the last directory that is on the way to another.
  ///
  /// - Returns: where the rest of the way starts in the path of the other.
  mutating func goBack(towards other: Span<UInt8>) -> Int {
    let common = path.span.commonLength(with: other)
    while let end = steps.last?.end, end > common { steps.removeLast() }
    let end = steps.last?.end ?? 0
    path.removeLast(path.count - end)
    return end
  }

  /// Goes down to a directory that is in the last one.
  mutating func goDown(to directory: UInt32, named name: Span<UInt8>) {
    path.append(name)
    steps.append((path.count, directory))
  }
}

extension HostPath {
  /// The path of a directory, as the trail has it.
  var directoryBytes: [UInt8] {
    var bytes: [UInt8] = []
    guard !relative.isEmpty else { return bytes }
    bytes.reserveCapacity(relative.utf8.count + 1)
    bytes.append(relative.utf8Span.span)
    bytes.append(UInt8(ascii: "/"))
    return bytes
  }
}

extension Span<UInt8> {
  /// Where the name that starts at a place in this path ends, with the slash after it.
  func endOfName(from start: Int) -> Int {
    var end = start
    while end < count {
      end += 1
      if self[end - 1] == UInt8(ascii: "/") { break }
    }
    return end
  }

  /// Where the last name of this path starts: behind its directory.
  var startOfLastName: Int {
    var start = count
    while start > 0, self[start - 1] != UInt8(ascii: "/") { start -= 1 }
    return start
  }
}
