import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

/// A newer stable level inside a series changes nothing but its own rows of the history.
@Suite("Laws: stable levels")
struct StableLevelTests {
  private static let series: [KernelVersion] =
    (10...19).map { KernelVersion(5, $0) } + (0...19).map { KernelVersion(6, $0) }
    + (0...3).map { KernelVersion(7, $0) }

  /// The levels at which some row says that a series changes.
  private func levels(of feature: KernelFeature, in series: KernelVersion) -> Set<KernelVersion> {
    Set(
      KernelHistory.changes.filter { $0.feature == feature }.flatMap { $0.backports + $0.unread }
        .filter { $0.series == series })
  }

  @Test("a feature changes within a series only at a level that its row names")
  func history() {
    for series in Self.series {
      var last = KernelBehavior(version: series)
      for level in 1...260 {
        let version = KernelVersion(series.major, series.minor, UInt16(level))
        let next = KernelBehavior(version: version)
        for feature in KernelFeature.allCases
        where next.presence(of: feature) != last.presence(of: feature) {
          #expect(levels(of: feature, in: series).contains(version), "\(feature) at \(version)")
        }
        last = next
      }
    }
  }

  @Test("two levels with the same features give the same predictions")
  func predictions() {
    for (older, newer) in [
      (KernelVersion(6, 1), KernelVersion(6, 1, 90)),
      (KernelVersion(6, 1, 91), KernelVersion(6, 1, 174)),
      (KernelVersion(6, 12, 26), KernelVersion(6, 12, 79)),
      (KernelVersion(5, 10), KernelVersion(5, 10, 250)),
      (KernelVersion(6, 12, 91), KernelVersion(6, 12, 255)),
    ] {
      #expect(KernelBehavior(version: older) == KernelBehavior(version: newer))
      for seed in 0..<200 {
        var run = RandomHost(seed: seed)
        var states = [older, newer].map { kernel in
          KernelState(
            audit: Analyzer.audit(run.host.observed, requestedKernel: kernel),
            assumptions: run.host.assumptions)
        }
        for _ in 0..<8 {
          let operation = run.operation()
          let answers = states.map { KernelModel.apply(operation, to: $0) }
          #expect(answers[0].answer == answers[1].answer, "seed \(seed): \(operation)")
          states = answers.map(\.state)
        }
      }
    }
  }
}
