import HostModel

/// `iommu_device_use_default_domain`: may a driver bind for the kernel (kernel-rules §3.1)?
enum OwnershipTest {
  case passes([String])
  case conflict(rule: RuleSlug, reason: String)
  case undetermined([String])

  /// - Parameter member: the device as it would be on the driver.
  init(of member: MemberAssessment, device: Device, in state: KernelState) {
    guard member.countsForKernel, let group = state.group(of: device) else {
      self = OwnershipTest.withoutTest(member, device, in: state)
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
    _ member: MemberAssessment, _ device: Device, in state: KernelState
  ) -> OwnershipTest {
    guard member.countsForKernel, let failure = device.group.failure else { return .passes([]) }
    return .undetermined(["the group of \(device.name) could not be read: \(failure)"])
  }

  private init(group: IOMMUGroup, bus: BusName, in state: KernelState) {
    let kernelCount = state.kernelCount(of: group)
    if state.behavior.participation(of: bus) == .dropsRefusal {
      self = .passes(["the CDX bus drops a refusal: the driver binds whoever owns the group"])
      return
    }
    // Rows 3 and 4: nobody, or user space.
    switch state.ownership(of: group.number).isClaimed {
    case true:
      self = .conflict(
        rule: "kernel-driver-in-claimed-group",
        reason: "user space owns group \(group.number)")
      return
    case nil where kernelCount == 0:
      self = .undetermined([
        "whether user space owns group \(group.number) cannot be seen: ask as root, or give "
          + "--assume-claimed \(group.number) or --assume-unclaimed \(group.number)"
      ])
      return
    case nil, false: break
    }
    self = .passes(kernelCount == 0 ? [] : OwnershipTest.privateDomains(group, in: state))
  }

  /// Rows 5 and 6: a sibling's own domain or PASID is not exported.
  private static func privateDomains(_ group: IOMMUGroup, in state: KernelState) -> [String] {
    state.members(of: group).compactMap { member in
      guard case .kernel(let driver, .privateDomain) = member.policy else { return nil }
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
