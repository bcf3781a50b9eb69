import HostModel

/// Whether user space owns the group now (kernel-rules §8.3). Not exported: inferred.
package struct ClaimAssessment: Sendable, Equatable {
  package let state: State
  /// How sure that is.
  package let certainty: Certainty
  package let evidence: [Evidence]
  /// Processes that hold the group or a device of it, `qemu-system-x86 (4711)`; sorted.
  package let holders: [String]

  package enum State: String, Sendable {
    case claimed
    case unclaimed
    case unknown
  }

  package enum Certainty: String, Sendable {
    case certain
    case likely
    case none
  }

  package init(
    state: State, certainty: Certainty, evidence: [Evidence] = [], holders: [String] = []
  ) {
    self.state = state
    self.certainty = certainty
    self.evidence = evidence
    self.holders = holders
  }
}

extension ClaimAssessment {
  /// Infers whether user space owns a group, strongest evidence first (kernel-rules §8.3).
  ///
  /// The kernel exports no owner. `/proc/interrupts` and open files prove a claim or suggest it;
  /// kernel drivers and the lack of any VFIO driver disprove it.
  init(
    of group: IOMMUGroup, members: [MemberAssessment], files: OpenFiles, signs: UnbindSigns,
    host: ObservedHost, behavior: KernelBehavior
  ) {
    let vfio = members.filter(\.policy.isVFIO)
    if let interrupts = host.interrupts.value,
      let device = members.first(where: { interrupts.vfioDevices.contains($0.device.name) })
    {
      self.init(
        state: .claimed, certainty: .certain,
        evidence: [Evidence(path: "proc/interrupts", value: "vfio (\(device.device.name))")],
        holders: files.holders)
      return
    }
    if let counted = members.first(where: {
      $0.countsForKernel && behavior.participation(of: $0.device.bus) == .refuses
    }), behavior.regime == .dmaOwnership {
      self.init(
        state: .unclaimed, certainty: .certain, evidence: [counted.driverEvidence],
        holders: files.holders)
      return
    }
    let isWhollyRead = group.isWhollyRead(in: members)
    let mayWait = members.contains {
      $0.device.mayBeHalfUnbound || $0.device.driver.isAbsent && signs.mayHaveNodeOfNobody
    }
    let isWhollySeen = isWhollyRead && !mayWait && !files.mayHoldMore
    if vfio.isEmpty, signs.isEmpty, isWhollySeen, !files.holdsGroup,
      behavior.has(.lastUnbindReleasesClaim)
    {
      self.init(
        state: .unclaimed, certainty: .certain, evidence: members.map(\.driverEvidence),
        holders: files.holders)
      return
    }
    if files.holdsDevice {
      self.init(
        state: .claimed, certainty: .certain, evidence: files.evidence, holders: files.holders)
      return
    }
    // Some drivers leave their device enabled (i801_smbus): who saw every process knows better.
    let isSeenClosed =
      host.vfio.openFiles.coverage == .complete && !files.holdsGroup && !files.mayHoldMore
    if !isSeenClosed, let open = vfio.first(where: \.device.activity.looksOpen) {
      self.init(
        state: .claimed, certainty: .likely,
        evidence: [
          Evidence(
            path: open.device.path / "enable",
            value: open.device.activity.enableCount.value.map(String.init)),
          Evidence(
            path: open.device.path / "power/runtime_status",
            value: open.device.activity.runtimeStatus.value),
        ], holders: files.holders)
      return
    }
    if !signs.isEmpty {
      // An unbind waits because its device is open.
      self.init(
        state: .claimed, certainty: .likely, evidence: signs.evidence(for: group),
        holders: files.holders)
      return
    }
    if files.holdsGroup {
      self.init(
        state: .unknown, certainty: .none, evidence: files.evidence, holders: files.holders)
      return
    }
    self.init(vfio: vfio, isWhollySeen: isWhollySeen, node: group.number, host: host)
  }

  /// No sign of use: how sure that is depends on who could look.
  private init(
    vfio: [MemberAssessment], isWhollySeen: Bool, node: GroupNumber, host: ObservedHost
  ) {
    let idle = vfio.filter { $0.device.activity.enableCount == .value(0) }
    let evidence = idle.map { Evidence(path: $0.device.path / "enable", value: "0") }
    if host.hasNode(node) == .value(false) {
      self.init(
        state: .unclaimed, certainty: .certain,
        evidence: [Evidence(path: "sys/class/vfio" / node.description, value: nil)])
    } else if isWhollySeen, host.vfio.openFiles.coverage == .complete {
      self.init(state: .unclaimed, certainty: .likely, evidence: evidence)
    } else {
      self.init(state: .unknown, certainty: .none, evidence: evidence)
    }
  }
}

extension DeviceActivity {
  /// vfio-pci enables a device when it is opened and wakes it (kernel-rules §8.3).
  var looksOpen: Bool {
    guard let count = enableCount.value, count > 0 else { return false }
    // A kernel without CONFIG_PM never lets a device sleep, and shows no status.
    return runtimeStatus.isAbsent || runtimeStatus.value == "active"
  }
}

extension GroupAssessment {
  /// What could not be read and would show whether user space owns the group; `nil` when that is
  /// known, or not shown to this user.
  ///
  /// That an ordinary user does not see the files of other processes is not such a doubt.
  func doubtOfUse(on host: ObservedHost) -> Doubt? {
    guard claim.state == .unknown, use.mayBeForUserSpace else { return nil }
    if let failure = host.interrupts.failure { return .unread(.interrupts, failure) }
    for member in vfioBound {
      let activity = member.device.activity
      guard let failure = activity.enableCount.failure ?? activity.runtimeStatus.failure else {
        continue
      }
      return .unread(.activity(member.device.name), failure)
    }
    return nil
  }
}
