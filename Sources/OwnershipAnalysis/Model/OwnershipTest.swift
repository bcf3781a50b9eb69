import HostModel

/// `iommu_device_use_default_domain`: may a driver bind for the kernel (kernel-rules §3.1)?
enum OwnershipTest {
  case passes([String])
  case conflict(ErrorNumber, rule: RuleSlug?, reason: String)
  case undetermined([String])

  /// - Parameter member: the device as it would be on the driver.
  init(of member: MemberAssessment, device: Device, in state: KernelState) {
    guard member.countsForKernel, let group = state.group(of: device) else {
      self = OwnershipTest.withoutTest(member, device)
      return
    }
    switch state.behavior.regime {
    case .viabilityAtOpen: self = .passes([])
    case .unknown:
      self = .undetermined(["the host does not say which kernel it runs: give --kernel"])
    case .dmaOwnership: self = OwnershipTest(group: group, bus: device.bus, in: state)
    }
  }

  private static func withoutTest(
    _ member: MemberAssessment, _ device: Device
  ) -> OwnershipTest {
    guard member.countsForKernel, let failure = device.group.failure else { return .passes([]) }
    return .undetermined(["the group of \(device.name) could not be read: \(failure)"])
  }

  private init(group: IOMMUGroup, bus: BusName, in state: KernelState) {
    if state.behavior.participation(of: bus) == .dropsRefusal {
      self = .passes(["the CDX bus drops a refusal: the driver binds whoever owns the group"])
      return
    }
    if let answer = OwnershipTest.defaultDomain(of: group, in: state) {
      self = answer
      return
    }
    let members = state.members(of: group)
    // Rows 3 and 4: nobody, or user space.
    switch state.ownership(of: group.number).isClaimed {
    case true:
      self = .conflict(
        .busy, rule: .kernelDriverInClaimedGroup,
        reason: "user space owns group \(group.number)")
      return
    case nil where !members.contains(where: { $0.provesKernelOwnership(in: state.behavior) }):
      self = .undetermined([
        "whether user space owns group \(group.number) cannot be seen: ask as root, or give "
          + "--assume-claimed \(group.number) or --assume-unclaimed \(group.number)"
      ])
      return
    case nil, false: break
    }
    self = .passes(OwnershipTest.privateDomains(of: members))
  }

  /// Row 2: from 6.12.26 and 6.18 a bind waits until the group has a default domain (F22).
  private static func defaultDomain(of group: IOMMUGroup, in state: KernelState) -> OwnershipTest? {
    guard group.type == .value(.unknown), group.name.isAbsent else { return nil }
    let reason = "group \(group.number) has no default domain yet"
    switch state.behavior.presence(of: .bindWaitsForDefaultDomain) {
    case .no: return nil
    case .yes: return .conflict(.tryAgain, rule: nil, reason: reason)
    case .unread:
      return .undetermined(["\(reason); whether a bind waits for it was not read for this kernel"])
    }
  }

  /// Rows 5 and 6: a sibling's own domain or PASID is not exported.
  private static func privateDomains(of members: [MemberAssessment]) -> [String] {
    members.compactMap { member in
      guard case .kernel(let driver, .privateDomain) = member.policy, member.countsForKernel else {
        return nil
      }
      return "\(driver) on \(member.device.name) has no domain or PASID of its own attached"
    }
  }

  /// Whether the bind takes part in the group's count; on CDX only while nobody owns it (§3.3).
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
  fileprivate func provesKernelOwnership(in behavior: KernelBehavior) -> Bool {
    countsForKernel && behavior.participation(of: device.bus) == .refuses
  }
}
