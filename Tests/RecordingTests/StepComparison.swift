import HostModel
import OwnershipAnalysis
import Reporting

/// What of a prediction differs from a recording: answer, bindings, nodes, devices, what ended.
struct StepComparison {
  /// One line each; none when all agrees.
  private(set) var differences: [String] = []

  /// - Parameters:
  ///   - drivers: of every device as recorded after the step.
  ///   - state: before the step.
  init(
    _ transition: Transition, to step: RecordedStep, drivers: [DeviceName: DriverName?],
    from state: KernelState
  ) {
    let predicted = RecordedAnswer(transition.answer.verdict, at: transition.answer.call)
    if predicted != step.answer {
      expect(
        "\(predicted.map(\.description) ?? "undetermined") (\(transition.answer.reason.text))",
        "\(step.answer.map(\.description) ?? "nothing")")
    }
    // Of a kernel that has stopped nothing more is recorded.
    if case .crashes = step.answer { return }
    compareDrivers(transition.state, drivers)
    compareNodes(state, transition.state, step)
    compareDevices(state, transition.state, step)
    compareEnded(transition, step)
  }

  private mutating func expect(_ predicted: String, _ recorded: String) {
    differences.append("predicted \(predicted), recorded \(recorded)")
  }

  private mutating func compareDrivers(
    _ state: KernelState, _ drivers: [DeviceName: DriverName?]
  ) {
    for device in state.host.devices where !state.isRemoved(device.path) {
      guard let recorded = drivers[device.name] else { continue }
      let predicted = state.driver(of: device)
      guard predicted.failure == nil, predicted.value != recorded else { continue }
      expect(
        "\(device.name) on \(predicted.value?.text ?? "no driver")", recorded?.text ?? "no driver")
    }
  }

  /// Nodes of groups; the model says nothing of others.
  private mutating func compareNodes(
    _ before: KernelState, _ after: KernelState, _ step: RecordedStep
  ) {
    for group in after.host.groups where !group.isMadeUp {
      let node: HostPath = "dev/vfio" / group.number.description
      let predicted = (before.hasNode(group), after.hasNode(group))
      let change = predicted.0 == predicted.1 ? "unchanged" : predicted.1 ? "new" : "gone"
      let recorded =
        step.newNodes.contains(node) ? "new" : step.lostNodes.contains(node) ? "gone" : "unchanged"
      if change != recorded { expect("\(node) \(change)", recorded) }
    }
  }

  private mutating func compareDevices(
    _ before: KernelState, _ after: KernelState, _ step: RecordedStep
  ) {
    let gone = after.host.devices.filter {
      after.isRemoved($0.path) && !before.isRemoved($0.path)
    }
    let predicted = Set(gone.map(\.name))
    let known = step.lostDevices.filter { !after.host.devices(named: $0).isEmpty }
    guard predicted != known else { return }
    expect("gone: \(names(predicted))", names(known))
  }

  private func names(_ devices: Set<DeviceName>) -> String {
    devices.isEmpty ? "none" : devices.sorted().map(\.text).joined(separator: " ")
  }

  private mutating func compareEnded(_ transition: Transition, _ step: RecordedStep) {
    let host = transition.state.host
    let predicted = transition.answer.ended.map { ended in
      "\(ended.operation) \(RecordedAnswer(ended.verdict, at: ended.call)?.description ?? "?")"
    }
    let recorded = step.ended.map { ended in
      let script = try? OperationScript([ended.operation], on: host)
      return "\(script.map { "\($0.steps[0].operation)" } ?? ended.operation) \(ended.answer)"
    }
    guard predicted.sorted() != recorded.sorted() else { return }
    expect(
      "ended: \(predicted.isEmpty ? "none" : predicted.joined(separator: ", "))",
      recorded.isEmpty ? "none" : recorded.joined(separator: ", "))
  }
}
