import TestSupport
import Testing

/// The model against what real kernels answered.
@Suite("Recordings")
struct ReplayTests {
  @Test(
    "every kernel has its recordings",
    .enabled(if: Recording.areThePackages, "recordings of another directory are replayed"))
  func kernels() {
    #expect(
      Set(Recording.all.map(\.kernel)) == [
        "5.10-bullseye", "6.1-bookworm", "6.12-trixie", "7.2-iommufd", "7.2-sid",
      ])
  }

  @Test("the model gives the answers of the kernel", arguments: Recording.all)
  func replay(recording: Recording) async throws {
    let replayed = try await Replays.shared.replay(of: recording)
    #expect(!replayed.outcomes.isEmpty)
    for outcome in replayed.outcomes {
      guard case .wrong = outcome.judgement else { continue }
      Issue.record("\(outcome)")
    }
  }

  @Test("a group opens if the audit of the capture says so", arguments: Recording.all)
  func openings(recording: Recording) async throws {
    for opening in try await Replays.shared.replay(of: recording).openings
    where opening.agreement == .wrong {
      Issue.record("\(recording): \(opening.text)")
    }
  }

  /// `VFIO_PREFLIGHT_ACCEPT_GOLDEN=1 swift test` writes the README's table anew.
  @Test("the README has the tally")
  func tally() async throws {
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
