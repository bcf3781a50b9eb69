import HostModel

/// What happens when the driver core attaches a matching driver to an unbound device: ownership
/// first, then the driver's probe (kernel-rules §3.1, §4.1; dd.c:really_probe).
///
/// The outcome is the kernel's own; what a writer sees of it differs by file (§4.1 to §4.4).
enum Attachment {
  case bound(KernelState, dependsOn: [String])
  /// The claim for the kernel was refused before the probe.
  case ownershipConflict(ErrorNumber, rule: RuleSlug, reason: String)
  case probeFailed(ErrorNumber, rule: RuleSlug?, reason: String)
  /// The BUG of regime A.
  case crashes(reason: String)
  case undetermined([String])

  init(_ device: Device, to driver: DriverName, in state: KernelState) {
    let member = state.assessment(of: device, ifBoundTo: driver)
    var dependsOn: [String] = []
    switch OwnershipTest(of: member, device: device, in: state) {
    case .passes(let assumptions): dependsOn += assumptions
    case .conflict(let rule, let reason):
      self = .ownershipConflict(.busy, rule: rule, reason: reason)
      return
    case .undetermined(let reasons):
      self = .undetermined(reasons)
      return
    }
    if let refusal = Attachment.autoprobeRefusal(of: device, in: state) {
      self = refusal
      return
    }
    if member.policy.isVFIO {
      switch VFIOProbe(of: device, by: driver, in: state) {
      case .accepted: break
      case .refused(let errno, let rule, let reason):
        self = .probeFailed(errno, rule: rule, reason: reason)
        return
      case .undetermined(let reason):
        self = .undetermined([reason])
        return
      }
    } else if member.policy.isKernel {
      dependsOn.append("the probe of \(driver) accepts \(device.name)")
    }
    self = Attachment.afterProbe(device, member, driver, in: state, dependsOn: dependsOn)
  }

  /// pci-driver.c:pci_device_can_probe (§6.1 row 0).
  private static func autoprobeRefusal(of device: Device, in state: KernelState) -> Attachment? {
    guard case .virtual(let parent) = device.sriov,
      let function = state.host.device(at: parent),
      case .physical(let physical) = function.sriov,
      physical.driversAutoprobe == .value(false)
    else { return nil }
    switch state.override(of: device) {
    case .value(.driver): return nil
    case .value(.unset), .absent:
      return .probeFailed(
        .noSuchDevice, rule: "vf-autoprobe-off",
        reason: "physical function \(function.name) has sriov_drivers_autoprobe switched off")
    case .unread(let failure):
      return .undetermined(["driver_override of \(device.name) could not be read: \(failure)"])
    }
  }

  /// The BUG needs a live group and a device that is not viable by itself (§2.1).
  private static func afterProbe(
    _ device: Device, _ member: MemberAssessment, _ driver: DriverName, in state: KernelState,
    dependsOn: [String]
  ) -> Attachment {
    if state.behavior.regime == .viabilityAtOpen, !member.isAllowedBeforeOwnership,
      let group = state.group(of: device)
    {
      switch state.ownership(of: group.number).isClaimed {
      case true where state.behavior.design == .notifierRefusal:
        return .ownershipConflict(
          .invalid, rule: "kernel-driver-in-claimed-group",
          reason: "group \(group.number) is in use and VFIO's notifier refuses \(driver)")
      case true:
        return .crashes(
          reason: "group \(group.number) is in use and \(driver) is not allowed beside VFIO: "
            + "the kernel stops with a BUG once it has bound")
      case nil:
        return .undetermined([
          "whether group \(group.number) is in use cannot be seen; if it is, this kernel crashes"
        ])
      case false: break
      }
    }
    var next = state
    next.bind(device, to: driver, counted: OwnershipTest.counts(member, device, in: state))
    return .bound(next, dependsOn: dependsOn)
  }
}
