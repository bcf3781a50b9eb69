/// What a figure of a race should come to.
struct Aim: Sendable {
  let title: String
  let bounds: ClosedRange<Double>
  let unit: String
  /// `nil` where a command that it needs did not take part.
  let figure: @Sendable (RaceResult) -> Double?

  /// How many times as long as another command, by the clock.
  static func wall(_ name: String, over peer: String, atMost limit: Double) -> Aim {
    Aim(title: "\(name) / \(peer), wall", bounds: 0...limit, unit: "") { result in
      result.pair(name, peer)?.ratio(\.wall)
    }
  }

  /// The same of the processor's time, user and system.
  static func processor(_ name: String, over peer: String, atMost limit: Double) -> Aim {
    Aim(title: "\(name) / \(peer), CPU", bounds: 0...limit, unit: "") { result in
      result.pair(name, peer)?.ratio(\.processor)
    }
  }

  /// How much longer than another command, by the clock.
  static func wall(_ name: String, above peer: String, atMost seconds: Double) -> Aim {
    Aim(title: "\(name) - \(peer), wall", bounds: -.infinity...seconds, unit: "s") { result in
      result.pair(name, peer).map { $0.first.difference(to: $0.second, of: \.wall) / 1e9 }
    }
  }

  static func wall(_ name: String, atMost seconds: Double) -> Aim {
    Aim(title: "\(name), wall", bounds: 0...seconds, unit: "s") { result in
      result[name].map { $0.median(\.wall) / 1e9 }
    }
  }

  /// Megabytes, of 1,000,000 bytes.
  static func peak(_ name: String, atMost megabytes: Double) -> Aim {
    Aim(title: "\(name), peak", bounds: 0...megabytes, unit: "MB") { result in
      result[name].map { $0.peak * 1024 / 1e6 }
    }
  }

  /// The processor's time for each of `count` things, in milliseconds.
  static func processor(
    _ name: String, each thing: String, of count: Int, atMost milliseconds: Double
  ) -> Aim {
    Aim(title: "\(name), CPU a \(thing)", bounds: 0...milliseconds, unit: "ms") { result in
      result[name].map { $0.median(\.processor) / 1e6 / Double(count) }
    }
  }

  /// How far the time of `factor` times as much is from `factor` times the time.
  static func linear(_ large: String, _ small: String, factor: Int) -> Aim {
    Aim(title: "\(large) / \(small) / \(factor), wall", bounds: 0.9...1.1, unit: "") { result in
      result.pair(large, small).map { $0.ratio(\.wall) / Double(factor) }
    }
  }
}

/// How a race stands to one of its aims.
struct AimResult: Sendable {
  enum Verdict: String, Sendable {
    case met
    case missed
    case notMeasured = "not measured"
  }

  let aim: Aim
  let figure: Double?
  let verdict: Verdict

  init(_ aim: Aim, in result: RaceResult) {
    self.aim = aim
    figure = aim.figure(result)
    guard let figure else {
      verdict = result.absences.contains { $0.side == .ours } ? .missed : .notMeasured
      return
    }
    verdict = aim.bounds.contains(figure) ? .met : .missed
  }
}
