import TestSupport
import Testing

/// The model against what real kernels answered.
@Suite("Recordings")
struct ReplayTests {
  @Test(.enabled(if: Recording.areThePackages, "other recordings are tried out"))
  func everyKernelWasRecorded() {
    #expect(
      Set(Recording.all.map(\.kernel)) == [
        "5.10-bullseye", "6.1-bookworm", "6.12-trixie", "7.2-iommufd", "7.2-sid",
      ])
  }

  @Test("the model answers as the kernel did", arguments: Recording.all)
  func replay(recording: Recording) async throws {
    let replayed = try await Replays.shared.replay(of: recording)
    #expect(!replayed.outcomes.isEmpty)
    for outcome in replayed.outcomes {
      guard case .wrong = outcome.judgement else { continue }
      Issue.record("\(outcome)")
    }
  }

  @Test("a group opens as the audit says", arguments: Recording.all)
  func openings(recording: Recording) async throws {
    for opening in try await Replays.shared.replay(of: recording).openings
    where opening.agreement == .wrong {
      Issue.record("\(recording): \(opening.text)")
    }
  }

  /// `VFIO_PREFLIGHT_ACCEPT_GOLDEN=1 swift test` writes the README's table anew.
  @Test func theReadmeHasTheTally() async throws {
    var replayed: [ReplayedRecording] = []
    for recording in Recording.all {
      replayed.append(try await Replays.shared.replay(of: recording))
    }
    let table = TallyTable(replayed)
    print(table.lines.joined(separator: "\n"))
    for outcome in replayed.flatMap(\.outcomes) {
      if case .undetermined = outcome.judgement { print(outcome) }
    }
    guard Recording.areThePackages else { return }
    try TallyInReadme.expect(table)
  }
}
