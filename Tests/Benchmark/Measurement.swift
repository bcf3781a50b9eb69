/// What one run of a program took.
struct Measurement: Sendable {
  let wall: Duration
  /// User and system time, of the program and of the children it waited for.
  let processor: Duration
  let peakKibibytes: Int
  /// As a shell has it: the exit status, or 128 and the signal's number.
  let status: Int

  /// The status of a program that was stopped because it took too long.
  static let lateStatus = 124

  /// Parses the line that Measure prints.
  init?(line: String) {
    let numbers = line.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    guard numbers.count == 4 else { return nil }
    wall = .nanoseconds(numbers[0])
    processor = .microseconds(numbers[1])
    peakKibibytes = numbers[2]
    status = numbers[3]
  }
}

extension Duration {
  var inNanoseconds: Int {
    Int(components.seconds) * 1_000_000_000 + Int(components.attoseconds / 1_000_000_000)
  }
}
