package import HostModel

/// Group numbers in the words of a sentence: `group 1`, `groups 0-4, 7 and 3 more`.
package enum GroupNumbers {
  /// - Parameter limit: how many runs of numbers are spelled out.
  package static func phrase(_ numbers: [GroupNumber], limit: Int = 12) -> String {
    (numbers.count == 1 ? "group " : "groups ") + ranges(numbers, limit: limit)
  }

  /// The numbers, ascending, neighbours joined: `0-4, 7`.
  package static func ranges(_ numbers: [GroupNumber], limit: Int = 12) -> String {
    var runs: [ClosedRange<UInt32>] = []
    for number in numbers.map(\.value).sorted() {
      if let last = runs.last, number <= last.upperBound { continue }
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    let shown = runs.prefix(limit).map { run in
      run.count == 1
        ? "\(run.lowerBound)"
        : run.count == 2
          ? "\(run.lowerBound), \(run.upperBound)" : "\(run.lowerBound)-\(run.upperBound)"
    }
    let left = runs.dropFirst(limit).reduce(0) { $0 + $1.count }
    return shown.joined(separator: ", ") + (left == 0 ? "" : " and \(left) more")
  }
}
