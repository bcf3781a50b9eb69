import HostModel
import OwnershipAnalysis
import Reporting

/// Applies the operations of a recorded sequence to the model and compares each answer.
struct SequenceReplay {
  private let file: String
  private let sequence: RecordedSequence
  private var state: KernelState
  /// Of every device, as recorded up to now.
  private var drivers: [DeviceName: DriverName?]
  private var laterDevices: Set<DeviceName> = []

  private(set) var outcomes: [StepOutcome] = []
  /// What the audit said of groups that were then opened.
  private(set) var openings: [GroupVerdict] = []

  init(_ sequence: RecordedSequence, in file: String, from host: ObservedHost) {
    self.file = file
    self.sequence = sequence
    state = KernelState(audit: Analyzer.audit(host))
    drivers = Dictionary(
      host.devices.map { ($0.name, $0.driver.value) }, uniquingKeysWith: { first, _ in first })
    for step in sequence.steps { replay(step) }
  }

  private mutating func replay(_ step: RecordedStep) {
    drivers.merge(step.drivers) { _, new in new }
    laterDevices.formUnion(step.newDevices)
    guard !namesLaterDevice(step) else {
      end(step, .undetermined([.laterDevice]), operation: nil)
      return
    }
    let script: OperationScript
    do {
      script = try OperationScript([step.operation], on: state.host)
    } catch {
      end(step, .wrong([error.message]), operation: nil)
      return
    }
    guard let operation = script.steps.first?.operation else {
      end(step, .wrong(["this is not an operation"]), operation: nil)
      return
    }
    if let verdict = GroupVerdict(of: operation, in: state, recorded: step.answer) {
      openings.append(verdict)
    }
    let transition = KernelModel.apply(operation, to: state)
    let judgement = judge(transition, step)
    if case .agreed = judgement {
      state = transition.state
      outcomes.append(outcome(step, judgement))
    } else {
      end(step, judgement, operation: operation)
    }
  }

  /// Whether the operation names a device that the capture did not have and that came later.
  private func namesLaterDevice(_ step: RecordedStep) -> Bool {
    let words = step.operation.split(separator: " ").map { DeviceName(String($0)) }
    return words.contains { laterDevices.contains($0) && state.host.devices(named: $0).isEmpty }
  }

  private mutating func end(
    _ step: RecordedStep, _ judgement: StepOutcome.Judgement,
    operation: OwnershipAnalysis.Operation?
  ) {
    state.follow(step, operation: operation, drivers: drivers)
    outcomes.append(outcome(step, judgement))
  }

  private func outcome(_ step: RecordedStep, _ judgement: StepOutcome.Judgement) -> StepOutcome {
    StepOutcome(
      place: "\(file):\(step.line)", sequence: sequence.name, operation: step.operation,
      judgement: judgement)
  }

  private func judge(
    _ transition: Transition, _ step: RecordedStep
  ) -> StepOutcome.Judgement {
    if case .undetermined(let doubts) = transition.answer.verdict { return judge(doubts) }
    let comparison = StepComparison(transition, to: step, drivers: drivers, from: state)
    guard !comparison.differences.isEmpty else { return .agreed }
    let failed = transition.answer.dependsOn.compactMap {
      FailedAssumption($0, explaining: step)?.fact
    }
    return failed.isEmpty
      ? .wrong(comparison.differences)
      : .undetermined(failed)
  }

  /// Each thing that is said not to be known is known to be unknowable, and not in the capture.
  private func judge(_ doubts: [Doubt]) -> StepOutcome.Judgement {
    var facts: [UnseenFact] = []
    for doubt in doubts {
      guard let fact = UnseenFact(doubt) else {
        return .wrong(["undetermined for a reason that is not in the list: \(doubt.text)"])
      }
      facts.append(fact)
    }
    return .undetermined(facts)
  }
}
