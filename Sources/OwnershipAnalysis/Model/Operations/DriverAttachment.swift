import HashTreeCollections
import HostModel

/// What happens when the driver core attaches a matching driver to an unbound device: ownership
/// first, then the driver's probe (kernel-rules §3.1, §4.1; dd.c:really_probe).
///
/// The outcome is the kernel's own; what a writer sees of it differs by file (§4.1 to §4.4).
enum DriverAttachment {
  /// Whether the bind takes part in the group's count. The caller makes it.
  case bound(counted: Bool, dependsOn: [Doubt])
  /// Refused before the probe: a claim by user space, or no default domain.
  case conflict(ErrorNumber, rule: RuleSlug?, Reason)
  case probeFailed(ErrorNumber, rule: RuleSlug?, Reason)
  /// The BUG of regime A.
  case crashes(Reason, dependsOn: [Doubt])
  case undetermined([Doubt])

  init(_ device: Device, to driver: DriverName, in state: KernelState) {
    let member = state.assessment(of: device, ifBoundTo: driver)
    var dependsOn: [Doubt] = []
    switch OwnershipTest(of: member, device: device, in: state) {
    case .passes(let assumptions): dependsOn += assumptions
    case .conflict(let errno, let rule, let reason):
      self = .conflict(errno, rule: rule, reason)
      return
    case .undetermined(let doubts):
      self = .undetermined(doubts)
      return
    }
    if let refusal = DriverAttachment.autoprobeRefusal(of: device, in: state) {
      self = refusal
      return
    }
    switch DriverAttachment.probe(of: device, member, driver, in: state) {
    case .accepted(let assumptions): dependsOn += assumptions
    case .refused(let errno, let rule, let reason):
      self = .probeFailed(errno, rule: rule, reason)
      return
    case .undetermined(let doubt):
      self = .undetermined([doubt])
      return
    }
    self = DriverAttachment.afterProbe(device, member, driver, in: state, dependsOn: dependsOn)
  }

  /// pci-driver.c:pci_device_can_probe (§6.1 row 0).
  private static func autoprobeRefusal(of device: Device, in state: KernelState)
    -> DriverAttachment?
  {
    if case .unread(let failure) = device.sriov, state.override(of: device).value?.driver == nil {
      return .undetermined([.unread(.sriovRole(device.name), failure)])
    }
    guard case .virtual(let parent) = device.sriov,
      let function = state.host.device(at: parent),
      case .physical(let physical) = function.sriov,
      state.vfAutoprobe(of: function.path, physical) == .value(false)
    else { return nil }
    switch state.override(of: device) {
    case .value(.driver): return nil
    case .value(.unset), .absent:
      return .probeFailed(.noSuchDevice, rule: .vfAutoprobeOff, .vfAutoprobeOff(function.name))
    case .unread(let failure):
      return .undetermined([.unread(.driverOverride(device.name), failure)])
    }
  }

  /// VFIO's own tests are known, pci-stub takes anything, and what any other driver answers cannot
  /// be known beforehand.
  private static func probe(
    of device: Device, _ member: MemberAssessment, _ driver: DriverName, in state: KernelState
  ) -> VFIOProbe {
    switch member.policy {
    case .none, .stub: .accepted([])
    case .vfio: VFIOProbe(of: device, by: driver, in: state)
    case .infrastructure, .kernel, .unread:
      probe(of: device, byKernelDriver: driver, in: state)
    }
  }

  /// A driver that is made to take a device which its own ids do not have refuses it, or does not.
  private static func probe(
    of device: Device, byKernelDriver driver: DriverName, in state: KernelState
  ) -> VFIOProbe {
    guard state.isForeign(device, to: driver) else {
      return .accepted([.assumed(.probeAccepts(driver, device.name))])
    }
    switch state.difference.settled[.accepts(driver, device.path)] {
    case true: return .accepted([])
    case false:
      return .refused(.noSuchDevice, rule: nil, .doubt(.foreignDevice(driver, device.name)))
    case nil: return .undetermined(.foreignDevice(driver, device.name))
    }
  }

  /// The BUG needs a live group and a device that is not viable by itself (§2.1).
  private static func afterProbe(
    _ device: Device, _ member: MemberAssessment, _ driver: DriverName, in state: KernelState,
    dependsOn: [Doubt]
  ) -> DriverAttachment {
    if state.behavior.regime == .viabilityAtOpen, !member.isAllowedBeforeOwnership,
      let group = state.group(of: device)
    {
      switch state.ownership(of: group.number).isClaimed {
      case true where state.behavior.design == .notifierRefusal:
        return .conflict(
          .invalid, rule: .kernelDriverInClaimedGroup, .notifierRefuses(group.number, driver))
      case true: return .crashes(.crashesInUse(group.number, driver), dependsOn: dependsOn)
      case nil: return .undetermined([.useUnseenBeforeCrash(group.number)])
      case false: break
      }
    }
    return .bound(
      counted: OwnershipTest.counts(member, device, in: state), dependsOn: dependsOn)
  }
}

extension Step {
  /// What a writer sees where its file shows the kernel's own outcome.
  func outcome(
    of attachment: DriverAttachment, _ device: Device, _ driver: DriverName, at call: KernelCall
  ) -> Transition {
    switch attachment {
    case .bound(let counted, let dependsOn):
      var state = before
      state.bind(device, to: driver, counted: counted)
      return accepted(call, .isBound(device.name, driver), dependsOn: dependsOn, state: state)
    case .conflict(let errno, let rule, let reason), .probeFailed(let errno, let rule, let reason):
      return refused(call, errno, rule: rule, reason)
    case .crashes(let reason, let dependsOn): return crashes(call, reason, dependsOn: dependsOn)
    case .undetermined(let doubts): return undetermined(call, doubts)
    }
  }
}
