import HostModel

/// `iommu_device_use_default_domain`: may a driver bind for the kernel (kernel-rules §3.1)?
enum OwnershipTest {
  case passes([Doubt])
  case conflict(ErrorNumber, rule: RuleSlug?, Reason)
  case undetermined([Doubt])

  /// - Parameter member: the device as it would be on the driver.
  init(of member: MemberAssessment, device: Device, in state: KernelState) {
    guard member.countsForKernel, let group = state.group(of: device) else {
      self = OwnershipTest.withoutTest(member, device)
      return
    }
    switch state.behavior.regime {
    case .viabilityAtOpen: self = .passes([])
    case .unknown: self = .undetermined([.kernelUnknown])
    case .dmaOwnership: self = OwnershipTest(group: group, bus: device.bus, in: state)
    }
  }

  private static func withoutTest(
    _ member: MemberAssessment, _ device: Device
  ) -> OwnershipTest {
    guard member.countsForKernel, let failure = device.group.failure else { return .passes([]) }
    return .undetermined([.unread(.group(device.name), failure)])
  }

  private init(group: IOMMUGroup, bus: BusName, in state: KernelState) {
    if state.behavior.participation(of: bus) == .dropsRefusal {
      self = .passes([.assumed(.busIgnoresRefusal)])
      return
    }
    if let answer = OwnershipTest.defaultDomain(of: group, in: state) {
      self = answer
      return
    }
    let tally = state.tally(of: group)
    // Rows 3 and 4: no owner, or user space.
    switch state.ownership(of: group.number).isClaimed {
    case true:
      self = .conflict(.busy, rule: .kernelDriverInClaimedGroup, .userSpaceOwns(group.number))
      return
    case nil where tally.provingKernelOwnership == 0:
      self = .undetermined([.ownershipUnseen(group.number)])
      return
    case nil, false: break
    }
    self = .passes(
      tally.withPrivateDomain == 0
        ? [] : OwnershipTest.privateDomains(of: state.members(of: group)))
  }

  /// Row 2: from 6.12.26 and 6.18 a bind waits until the group has a default domain (F22).
  private static func defaultDomain(of group: IOMMUGroup, in state: KernelState) -> OwnershipTest? {
    guard group.type == .value(.unknown), group.name.isAbsent else { return nil }
    let reason = Reason.noDefaultDomain(group.number)
    switch state.behavior.presence(of: .bindWaitsForDefaultDomain) {
    case .no: return nil
    case .yes: return .conflict(.tryAgain, rule: nil, reason)
    case .unread: return .undetermined([.unstudied(.bindWaitsForDefaultDomain, of: reason)])
    }
  }

  /// Rows 5 and 6: a sibling's own domain or PASID is not exported.
  private static func privateDomains(of members: [MemberAssessment]) -> [Doubt] {
    members.compactMap { member in
      guard case .kernel(let driver, .privateDomain) = member.policy, member.countsForKernel else {
        return nil
      }
      return .assumed(.noPrivateDomain(driver, member.device.name))
    }
  }

  /// Whether the bind takes part in the group's count; on CDX only while user space does not own it (§3.3).
  static func counts(
    _ member: MemberAssessment, _ device: Device, in state: KernelState
  ) -> Bool {
    guard member.countsForKernel, let group = state.group(of: device) else { return true }
    guard state.behavior.participation(of: device.bus) == .dropsRefusal else { return true }
    return state.ownership(of: group.number).isClaimed != true
  }
}

extension MemberAssessment {
  /// Its bind would have been refused, had user space owned the group (§8.3).
  func provesKernelOwnership(in behavior: KernelBehavior) -> Bool {
    countsForKernel && behavior.participation(of: device.bus) == .refuses
  }
}
