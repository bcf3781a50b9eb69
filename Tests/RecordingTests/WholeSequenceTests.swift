import HostModel
import OwnershipAnalysis
import Testing

/// Each recorded sequence predicted beforehand, as `predict` does: nothing of what the kernel
/// answered on the way helps with what follows.
@Suite("Recordings: whole sequences")
struct WholeSequenceTests {
  /// How the answers to a sequence's steps compare with the recorded ones.
  private struct Comparison {
    var certain = 0
    /// The same as recorded, if earlier operations went as assumed.
    var resting = 0
    var undetermined = 0
    var failedAssumptions = 0
    var wrong: [String] = []

    mutating func add(_ sequence: RecordedSequence, in file: String, from host: ObservedHost) {
      var worlds = Worlds(KernelState(audit: Analyzer.audit(host)))
      for step in sequence.steps {
        guard let script = try? OperationScript([step.operation], on: host),
          let operation = script.steps.first?.operation
        else { return }  // It names a device that came later.
        add(worlds.apply(operation), step, "\(file):\(step.line) \(step.operation)")
      }
    }

    private mutating func add(_ answer: Answer, _ step: RecordedStep, _ place: String) {
      let isSame: Bool
      switch answer.verdict {
      case .undetermined:
        undetermined += 1
        return
      case .refusedWithOneOf(let errnos):
        if case .refused(let errno, _)? = step.answer {
          isSame = errnos.isEmpty || errnos.contains(errno)
        } else {
          isSame = false
        }
      default: isSame = RecordedAnswer(answer.verdict, at: answer.call) == step.answer
      }
      if answer.restsOn.isEmpty, isSame {
        certain += 1
      } else if isSame {
        resting += 1
      } else if !answer.restsOn.isEmpty || !answer.dependsOn.isEmpty {
        failedAssumptions += 1
      } else {
        let recorded = step.answer.map(\.description) ?? "nothing"
        wrong.append("\(place): \(answer.verdict), recorded \(recorded)")
      }
    }
  }

  @Test("no certain answer is wrong, and what rests on earlier operations is marked")
  func marked() throws {
    var comparison = Comparison()
    for recording in Recording.all {
      let host = try recording.host()
      for program in try recording.programs() {
        for sequence in program.sequences {
          comparison.add(
            sequence, in: "\(recording) \(program.file)", from: try sequence.capture(from: host))
        }
      }
    }
    #expect(comparison.wrong.isEmpty, "\(comparison.wrong.prefix(20).joined(separator: "\n"))")
    guard Recording.areThePackages else { return }
    #expect(comparison.certain > 7_000)
    #expect(comparison.undetermined + comparison.failedAssumptions < 120)
  }
}
