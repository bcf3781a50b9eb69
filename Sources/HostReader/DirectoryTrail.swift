/// The directories from the root down to the one that was asked for last: most often the next is
/// below one of them.
struct DirectoryTrail {
  /// The number of the root, of which no step is needed.
  static let root: UInt32 = 0

  /// The path of the last directory.
  private var path: [UInt8] = []
  /// Where the name of each directory ends in the path, and its number.
  private var steps: [(end: Int, directory: UInt32)] = []

  /// The last directory.
  var directory: UInt32 { steps.last?.directory ?? DirectoryTrail.root }

  /// Goes back to the last directory that is on the way to another.
  ///
  /// - Returns: where the rest of the way starts in the path of the other; past its end if nothing is
  ///   left.
  mutating func goBack(towards other: Span<UInt8>) -> Int {
    let common = path.span.commonLength(with: other)
    while let end = steps.last?.end, !(end <= common && other.hasEndOfName(at: end)) {
      steps.removeLast()
    }
    let end = steps.last?.end
    path.removeLast(path.count - (end ?? 0))
    return end.map { $0 + 1 } ?? 0
  }

  /// Goes down to a directory, whose path is given to where its name ends.
  mutating func goDown(to directory: UInt32, at path: Span<UInt8>) {
    for index in self.path.count..<path.count { self.path.append(path[index]) }
    steps.append((path.count, directory))
  }
}

extension Span<UInt8> {
  /// Where the name ends that starts at a place in this path.
  func endOfName(from start: Int) -> Int {
    var end = start
    while end < count, self[end] != UInt8(ascii: "/") { end += 1 }
    return end
  }

  /// Where the last name of this path starts.
  var startOfLastName: Int {
    var start = count
    while start > 0, self[start - 1] != UInt8(ascii: "/") { start -= 1 }
    return start
  }

  fileprivate func hasEndOfName(at place: Int) -> Bool {
    place == count || self[place] == UInt8(ascii: "/")
  }
}
