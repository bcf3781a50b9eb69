/// The first lines in which two texts differ, `-` expected and `+` actual.
struct LineDifference: CustomStringConvertible {
  /// How many changed lines are shown.
  private static let limit = 20

  let description: String

  init(expected: String, actual: String) {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let same = zip(old, new).prefix { $0 == $1 }.count
    // Beyond the common end nothing differs either; between the two a difference is cheap.
    let rest = min(old.count, new.count) - same
    let sameEnd = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.prefix(rest).count
    let removed = old[same..<(old.count - sameEnd)]
    let added = new[same..<(new.count - sameEnd)]
    var lines = ["@@ line \(same + 1) @@"]
    lines += removed.prefix(LineDifference.limit).map { "-\($0)" }
    if removed.count > LineDifference.limit { lines.append("-... \(removed.count) lines") }
    lines += added.prefix(LineDifference.limit).map { "+\($0)" }
    if added.count > LineDifference.limit { lines.append("+... \(added.count) lines") }
    description = lines.joined(separator: "\n")
  }
}
