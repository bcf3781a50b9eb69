/// What one run of a program took.
struct Measurement: Sendable {
  let wall: Duration
  /// Of the program and of the children it waited for, as is `system`.
  let user: Duration
  let system: Duration
  let peakKibibytes: Int
  /// As a shell has it: the exit status, or 128 and the signal's number.
  let status: Int

  var processor: Duration { user + system }

  /// The status of a program that was stopped because it took too long.
  static let lateStatus = 124

  /// Parses the line that Measure prints.
  init?(line: String) {
    let numbers = line.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    guard numbers.count == 5 else { return nil }
    wall = .nanoseconds(numbers[0])
    user = .microseconds(numbers[1])
    system = .microseconds(numbers[2])
    peakKibibytes = numbers[3]
    status = numbers[4]
  }
}

extension Duration {
  var inNanoseconds: Int {
    Int(components.seconds) * 1_000_000_000 + Int(components.attoseconds / 1_000_000_000)
  }
}
