/// Everything that came of replaying one recording.
struct ReplayedRecording: Sendable {
  let recording: Recording
  let sequences: Int
  let outcomes: [StepOutcome]
  let openings: [GroupVerdict]

  init(_ recording: Recording) throws {
    self.recording = recording
    let host = try recording.host()
    var sequences = 0
    var outcomes: [StepOutcome] = []
    var openings: [GroupVerdict] = []
    for program in try recording.programs() {
      for sequence in program.sequences {
        let replay = SequenceReplay(
          sequence, in: program.file, from: try sequence.capture(from: host))
        sequences += 1
        outcomes += replay.outcomes
        openings += replay.openings
      }
    }
    self.sequences = sequences
    self.outcomes = outcomes
    self.openings = openings
  }
}

/// Replays each recording once, whichever test asks first: an actor, since tests run side by side.
actor Replays {
  static let shared = Replays()

  private var started: [String: Task<ReplayedRecording, any Error>] = [:]

  func replay(of recording: Recording) async throws -> ReplayedRecording {
    if let task = started[recording.description] { return try await task.value }
    let task = Task.detached { try ReplayedRecording(recording) }
    started[recording.description] = task
    return try await task.value
  }
}
