import HostModel
import OwnershipAnalysis
import Reporting
import Testing

/// What holds of the model whatever the host, the kernel and the operations.
@Suite("Laws")
struct LawTests {
  static let runs = 0..<2000
  static let steps = 12

  /// One step of one run.
  struct Observation {
    let seed: Int
    let before: KernelState
    let operation: OwnershipAnalysis.Operation
    let transition: Transition
  }

  /// Walked once for all laws.
  static let observations: [Observation] = runs.flatMap { seed in
    var run = RandomHost(seed: seed)
    var state = run.state
    return (0..<steps).map { _ in
      let operation = run.operation()
      let transition = KernelModel.apply(operation, to: state)
      defer { state = transition.state }
      return Observation(seed: seed, before: state, operation: operation, transition: transition)
    }
  }

  private func walk(
    _ check: (_ seed: Int, _ before: KernelState, OwnershipAnalysis.Operation, Transition) -> Void
  ) {
    for step in Self.observations {
      check(step.seed, step.before, step.operation, step.transition)
    }
  }

  @Test("every operation on every state has an answer with a one-line reason")
  func total() {
    var words: Set<String> = []
    walk { seed, _, operation, transition in
      words.insert(transition.verdict.word)
      #expect(!transition.reason.text.isEmpty, "seed \(seed): \(operation)")
      #expect(!transition.reason.code.isEmpty, "seed \(seed): \(operation)")
      for line in [transition.reason.text] + transition.effects.map(\.text)
        + transition.answer.doubts.map(\.text)
      {
        #expect(!line.isEmpty, "seed \(seed): \(operation)")
        #expect(!line.contains("\n") && !line.hasSuffix("."), "seed \(seed): \(line)")
      }
    }
    #expect(words == ["accepted", "refused", "blocks", "crashes", "undetermined"])
  }

  @Test("the same state and operation give the same answer")
  func deterministic() {
    walk { seed, before, operation, transition in
      let again = KernelModel.apply(operation, to: before)
      #expect(again.answer == transition.answer, "seed \(seed): \(operation)")
      #expect(again.state == transition.state, "seed \(seed): \(operation)")
      #expect(again.state.hashValue == transition.state.hashValue, "seed \(seed): \(operation)")
    }
  }

  @Test("a refused or undetermined operation does not change the state")
  func refusal() {
    walk { seed, before, operation, transition in
      switch transition.verdict {
      case .refused, .refusedWithOneOf, .undetermined:
        #expect(transition.state == before, "seed \(seed): \(operation)")
        #expect(transition.effects.isEmpty, "seed \(seed): \(operation)")
      case .accepted, .blocks, .crashes: break
      }
    }
  }

  @Test("after a crash no operation is answered")
  func crash() {
    walk { seed, before, operation, transition in
      guard before.difference.isCrashed else { return }
      #expect(transition.verdict.word == "undetermined", "seed \(seed): \(operation)")
    }
  }

  @Test("k equals a new count over drivers and buses")
  func kernelCount() {
    walk { seed, _, operation, transition in
      let state = transition.state
      for group in state.host.groups {
        let fresh = state.host.members(of: group).count { device in
          guard !state.isRemoved(device.path), let driver = state.driver(of: device).value,
            ![BusName.cdx, "host1x"].contains(device.bus)
          else { return false }
          let managed = ["vfio-pci", "mlx5_vfio_pci", "vfio-platform", "pci-stub", "pcieport"]
          return !managed.contains(driver.text)
        }
        let counted = state.members(of: group).count { $0.countsForKernel && $0.device.bus != .cdx }
        #expect(counted == fresh, "seed \(seed): \(operation)")
      }
    }
  }

  @Test("the counts kept of a group are those that a test of all its members finds")
  func tally() {
    var kinds: Set<Viability.Kind> = []
    walk { seed, _, operation, transition in
      let state = transition.state
      for group in state.host.groups {
        let whole = state.viability(of: group).kind
        kinds.insert(whole)
        #expect(state.viabilityKind(of: group) == whole, "seed \(seed): \(operation)")
        #expect(
          state.kernelCount(of: group) == state.members(of: group).count(where: \.countsForKernel),
          "seed \(seed): \(operation)")
      }
    }
    #expect(kinds.count == 3)
  }

  @Test("kernel drivers and user space never own a group together, except by CDX or assumption")
  func exclusion() {
    walk { seed, before, operation, transition in
      for group in before.host.groups {
        let after = transition.state
        let isBoth = { (state: KernelState) in
          state.ownership(of: group.number).isClaimed == true && state.kernelCount(of: group) > 0
        }
        guard before.behavior.regime == .dmaOwnership, !isBoth(before) else { continue }
        #expect(!isBoth(after), "seed \(seed): \(operation)")
      }
    }
  }

  @Test("unbind after an accepted bind restores the group's ownership and count")
  func restoration() {
    var count = 0
    for (index, step) in Self.observations.enumerated() where index % 4 == 0 {
      let (seed, before) = (step.seed, step.transition.state)
      for device in before.host.devices where device.bus == .pci {
        guard let group = before.group(of: device) else { continue }
        for driver: DriverName in ["e1000e", "vfio-pci"] {
          let named = KernelModel.apply(.override(device.path, driver), to: before).state
          let bound = KernelModel.apply(.bind(device.path, driver), to: named)
          guard bound.verdict == .accepted else { continue }
          let undone = KernelModel.apply(.unbind(device.path), to: bound.state)
          // The last vfio device of a group takes a claim along, or waits for it.
          let takesClaim = driver == "vfio-pci" && before.ownership(of: group.number) != .unclaimed
          guard undone.verdict == .accepted, !takesClaim else { continue }
          count += 1
          #expect(undone.state.kernelCount(of: group) == before.kernelCount(of: group))
          #expect(
            undone.state.ownership(of: group.number) == before.ownership(of: group.number),
            "seed \(seed)")
          #expect(undone.state.driver(of: device).isAbsent, "seed \(seed)")
        }
      }
    }
    #expect(count > 1000)
  }

  @Test("a group is viable if and only if opening a member on VFIO that is not a VF passes")
  func viability() {
    var counts = (viable: 0, not: 0)
    walk { seed, _, operation, transition in
      let state = transition.state
      guard !state.difference.isCrashed else { return }
      for group in state.host.groups {
        // A VF can be refused for other reasons: its token, and the lock around the test.
        let member = state.members(of: group).first { member in
          guard case .virtual = member.device.sriov else { return member.policy.isVFIO }
          return false
        }
        guard let member else { continue }
        let open = KernelModel.apply(
          .open([member.device.path], holder: HolderName("law")), to: state)
        // The node decides first, the VF token last: neither is about viability.
        guard open.call != .open, open.verdict.errno != .permissionDenied else { continue }
        switch state.viability(of: group) {
        case .viable:
          counts.viable += 1
          #expect(open.verdict == .accepted, "seed \(seed): \(operation)")
        case .notViable(let obstacles):
          counts.not += 1
          #expect(
            open.verdict.errno == obstacles.first?.refusal.errno, "seed \(seed): \(operation)")
        case .undetermined: #expect(open.verdict.word == "undetermined", "seed \(seed)")
        }
      }
    }
    #expect(counts.viable > 100 && counts.not > 100)
  }

  @Test("closing every holder releases every claim of the sequence")
  func closing() {
    for (index, step) in Self.observations.enumerated() where index % 4 == 0 {
      var state = step.transition.state
      let holders = state.difference.holds.names
      guard !state.difference.isCrashed,
        !holders.contains(where: state.difference.holds.isStuck)
      else { continue }
      let seed = step.seed
      for holder in holders {
        state = KernelModel.apply(.close(holder), to: state).state
      }
      #expect(state.difference.holds.names.isEmpty, "seed \(seed)")
      for group in state.host.groups {
        switch state.ownership(of: group.number) {
        case .container, .iommufd: Issue.record("seed \(seed): group \(group.number) is claimed")
        case .unclaimed, .somebody, .unknown: break
        }
      }
    }
  }
}
