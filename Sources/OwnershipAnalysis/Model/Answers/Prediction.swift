package import HostModel

/// A sequence of operations on a host and the kernel's answers, step by step.
package struct Prediction: Sendable {
  package let steps: [AnsweredOperation]
  /// The groups that the sequence could have touched, by number.
  package let groups: [GroupAfter]
  package let kernel: KernelIdentity

  package init(_ script: OperationScript, from state: KernelState) {
    var worlds = Worlds(state)
    var steps: [AnsweredOperation] = []
    steps.reserveCapacity(script.steps.count)
    var (isGivenUp, wasSkipped) = (false, false)
    for step in script.steps {
      let hasFailed = wasSkipped || isGivenUp || steps.last?.answer.verdict.isRefusal == true
      isGivenUp = step.needsSuccess && hasFailed
      guard !isGivenUp else { continue }
      wasSkipped = !step.conditions.allSatisfy(worlds.expected.satisfies)
      guard !wasSkipped else { continue }
      let operation = step.operation.resolved(in: worlds.expected)
      let answer = worlds.apply(step.operation)
      let device = operation.device.flatMap(state.host.device)
      steps.append(
        AnsweredOperation(
          text: step.text, operation: operation, answer: answer,
          driverAfter: device.map(worlds.driver) ?? .none))
    }
    self.steps = steps
    kernel = state.kernel
    groups = worlds.changedGroups(since: state).compactMap(state.host.group).map {
      GroupAfter($0, in: worlds)
    }
  }
}

/// An operation of a sequence and its answer. Its state is not kept: a sequence has as many of them
/// as operations.
package struct AnsweredOperation: Sendable {
  /// The operation as it was written.
  package let text: String
  /// What it comes to: a line that is written to a file of sysfs is the operation that it does.
  package let operation: Operation
  package let answer: Answer
  /// The driver of the one device that the operation is about; none where there is no such device.
  package let driverAfter: LaterDriver
}

/// The driver of a device after an operation.
package struct LaterDriver: Sendable, Equatable {
  /// Where everything is so that answers took for granted; `nil` for none, or where even then it is
  /// not certain which.
  package let name: DriverName?
  /// It is the same in all that is possible.
  package let isCertain: Bool

  static let none = LaterDriver(name: nil, isCertain: true)
}

/// What has become of a group, where everything is so that answers took for granted; `nil` for what
/// is not certain even then.
package struct GroupAfter: Sendable {
  package let group: IOMMUGroup
  package let viability: Viability.Kind
  package let isClaimed: Bool?
  /// How many members on kernel drivers take part in the group's count.
  package let kernelDrivers: Int?
  package let members: [(device: DeviceName, driver: LaterDriver)]
  /// All of this is the same in all that is possible.
  package let isCertain: Bool

  init(_ group: IOMMUGroup, in worlds: Worlds) {
    self.group = group
    let possible = worlds.possible(for: group)
    let (kind, isKindCertain) = possible.agreed { $0.viabilityKind(of: group) }
    let (claim, isClaimCertain) = possible.agreed { $0.ownership(of: group.number).isClaimed }
    let (count, isCountCertain) = possible.agreed { $0.kernelCount(of: group) }
    viability = kind ?? .undetermined
    isClaimed = claim ?? nil
    kernelDrivers = count
    members = worlds.expected.members(of: group).map { member in
      (member.device.name, possible.driver(of: member.device))
    }
    isCertain = isKindCertain && isClaimCertain && isCountCertain
  }
}

extension Worlds {
  func driver(of device: Device) -> LaterDriver { possible(for: device).driver(of: device) }

  /// Groups with a member or an owner that differs from an earlier state in some world.
  func changedGroups(since earlier: KernelState) -> [GroupNumber] {
    let open = openCells.compactMap { cell in
      if case .group(let number) = cell { number } else { nil }
    }
    return Set(expected.changedGroups(since: earlier)).union(open).sorted()
  }
}

/// The worlds as far as one thing is concerned.
struct PossibleWorlds {
  /// Expected ones first; none where too much is open.
  let worlds: [World]
  /// They may not be all: what else is possible is given up.
  let isMore: Bool

  /// What all expected ones agree on, and whether all others do too.
  func agreed<Value: Equatable>(_ value: (KernelState) -> Value) -> (Value?, isCertain: Bool) {
    guard let first = worlds.first.map({ value($0.state) }) else { return (nil, false) }
    let others = worlds.filter { value($0.state) != first }
    return (others.contains(where: \.isExpected) ? nil : first, others.isEmpty && !isMore)
  }

  func driver(of device: Device) -> LaterDriver {
    let (reading, isCertain) = agreed { $0.driver(of: device) }
    return LaterDriver(name: reading?.value, isCertain: isCertain && reading?.failure == nil)
  }
}
