import TestSupport

/// Runs commands through the program Measure, which lies beside this one.
struct Stopwatch: Sendable {
  /// A command that gave no measurement.
  struct Failure: Error, CustomStringConvertible {
    let description: String
    var isLate = false
  }

  /// Seconds after which a run of a peer is stopped.
  let limit: Int
  /// The same for the program itself.
  private static let ownLimit = 60
  private let measure: Program

  init(limit: Int, directory: String) {
    self.limit = limit
    measure = Program(path: directory + "/Measure")
  }

  /// The directory of this program, where the others that it needs are: Measure and Floor.
  static func ownDirectory() throws(Failure) -> String {
    // The first mapping of a process is its own program.
    guard
      let own = TextFile.lines(of: "/proc/self/maps").first.flatMap({ line in
        line.firstIndex(of: "/").map { line[$0...] }
      }), let slash = own.lastIndex(of: "/")
    else { throw Failure(description: "cannot find this program's own directory") }
    return String(own[..<slash])
  }

  /// - Throws: `Failure` when the command could not be run, took too long, or gave no answer.
  func time(_ contestant: Contestant) async throws -> Measurement {
    let limit = contestant.side == .peer ? limit : Stopwatch.ownLimit
    let outcome = try await measure.run(
      [String(limit)] + contestant.command, timeout: .seconds(limit + 10))
    guard outcome.status == 0, let measurement = Measurement(line: outcome.output) else {
      let reason = outcome.errors.split(separator: "\n").first ?? "no measurement"
      throw Failure(description: String(reason))
    }
    guard measurement.status != Measurement.lateStatus else {
      throw Failure(description: "more than \(limit) s", isLate: true)
    }
    guard contestant.answers.contains(measurement.status) else {
      throw Failure(description: "exit status \(measurement.status)")
    }
    return measurement
  }
}
