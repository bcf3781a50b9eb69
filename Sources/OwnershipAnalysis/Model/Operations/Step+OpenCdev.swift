import HashTreeCollections
import HostModel

extension Step {
  /// VFIO cdev and iommufd: open both nodes, BIND_IOMMUFD, attach (kernel-rules §7.4, §11.4).
  func openCdev(_ paths: [HostPath], _ holder: HolderName?) -> Transition {
    var state = before
    let name = holder ?? state.difference.holds.freshName
    var dependsOn: [Doubt] = []
    for path in paths {
      guard let device = device(path) else {
        return refused(.open, .noSuchFile, .noSuchDevice)
      }
      if let answer = nodeRefusal(of: device) { return answer }
      guard let group = before.group(of: device) else {
        return undetermined(.bindIOMMUFD, .unread(.group(device.name), device.group.failure))
      }
      let step = Step(operation: operation, before: state)
      if let refusal = step.bindRefusal(of: device, in: group, to: name) {
        // The program gives up and lets go of the devices that it has bound already.
        return Transition(refusal.answer, before)
      }
      dependsOn += interruptAssumption
      state.changeHold(of: name) { $0.add(cdev: path, to: name) }
      state.setOwnership(of: group.number, to: .iommufd(name))
    }
    let names = paths.compactMap { device($0)?.name }
    return accepted(
      .attach, .opened(name, names), dependsOn: dependsOn, state: state)
  }

  /// Whether `/dev/vfio/devices/vfioN` is there (§7.4, F18).
  private func nodeRefusal(of device: Device) -> Transition? {
    switch behavior.presence(of: .vfioDeviceCdev) {
    case .no: return missing(device, .kernelTooOld)
    case .unread:
      return undetermined(.open, .unstudied(.vfioDeviceCdev, of: nil), rule: .noVFIOCdev)
    case .yes: break
    }
    let member = before.assessment(of: device)
    if let doubt = member.driverDoubt {
      return undetermined(.open, doubt, rule: .deviceNotOnVFIO)
    }
    guard member.policy.isVFIO else { return missing(device, .notOnVFIO) }
    if before.isWithoutIOMMU(device) { return nodeRefusal(withoutIOMMU: device) }
    if before.host.vfio.hasIOMMUFD.isAbsent {
      return refused(.open, .noSuchFile, rule: .noVFIOCdev, .noIOMMUFD)
    }
    if let nodes = before.current(device).vfioDevices.value, !nodes.isEmpty {
      if nodes.contains(where: { $0.hasCharacterDevice == true }) { return nil }
      if !nodes.contains(where: { $0.hasCharacterDevice == nil }) {
        return missing(device, .notConfigured)
      }
    }
    let isConfigured = before.host.kernel.options.value.map { $0[.vfioDeviceCdev] == "y" }
    switch before.index.hasDeviceNodes ?? isConfigured ?? before.difference.settled[.deviceNodes] {
    case true: return nil
    case false:
      return missing(
        device, before.index.hasDeviceNodes == false ? .othersHaveNone : .notConfigured)
    case nil: return undetermined(.open, .cdevConfiguration, rule: .noVFIOCdev)
    }
  }

  /// A device that no IOMMU isolates has a node from 7.3 only, where the kernel is configured for
  /// it (§7.4, §14, F29); what its BIND_IOMMUFD answers was not read.
  private func nodeRefusal(withoutIOMMU device: Device) -> Transition {
    switch behavior.presence(of: .noIOMMUCdev) {
    case .no: missing(device, .noIOMMUMode)
    case .yes, .unread: undetermined(.open, .noIOMMUCdevConfiguration, rule: .noIOMMUMode)
    }
  }

  private func missing(_ device: Device, _ cause: MissingCdev) -> Transition {
    let rule: RuleSlug = cause == .notOnVFIO ? .deviceNotOnVFIO : .noVFIOCdev
    return refused(.open, .noSuchFile, rule: rule, .cdevMissing(device.name, cause))
  }

  /// device_cdev.c, then iommufd/device.c:iommufd_device_bind, in their order (§7.4).
  private func bindRefusal(
    of device: Device, in group: IOMMUGroup, to holder: HolderName
  ) -> Transition? {
    let call = KernelCall.bindIOMMUFD
    if let other = before.difference.holds.opener(of: group.number) {
      return refused(call, .busy, rule: .multipleOwners, .nodeHeld(other, group.number))
    }
    // A process that has the node open need not have bound it: then the group's owner is unknown.
    if before.ownership(of: group.number).isClaimed == true,
      let other = before.difference.holds.cdevHolder(of: device.path)
    {
      return refused(call, .invalid, rule: .groupInUse, .deviceOpen(other, device.name))
    }
    if let answer = cdevTokenRefusal(of: device) { return answer }
    let opening = opening(of: group)
    let obstacles = opening.viability.obstacles
    if before.parameter(.iommufdUnsafeInterrupts).value != true,
      before.host.interrupts.value?.remapping == .inactive
    {
      return refused(
        call, .operationNotPermitted, rule: .unsafeInterrupts, .interruptsNotIsolated)
    }
    if let answer = claimRefusal(in: group, by: holder, obstacles) { return answer }
    return opening.unknowns.isEmpty ? nil : undetermined(call, opening.unknowns)
  }

  /// The cdev path asks for VF tokens from 6.18 only (F23).
  private func cdevTokenRefusal(of device: Device) -> Transition? {
    guard let refusal = tokenRefusal(of: device, at: .bindIOMMUFD) else { return nil }
    switch behavior.presence(of: .fdinfoNamesDevice) {
    case .yes: return refusal
    case .no: return nil
    case .unread:
      return undetermined(
        .bindIOMMUFD, .unstudied(.fdinfoNamesDevice, of: refusal.answer.reason))
    }
  }

  /// iommufd has a separate parameter for interrupts that are not isolated (§13 case 29).
  private var interruptAssumption: [Doubt] {
    guard before.parameter(.iommufdUnsafeInterrupts).value != true else { return [] }
    switch before.host.interrupts.value?.remapping {
    case .active, .translationService, .inactive: return []
    case .unknown, nil: return [.interruptIsolationUnseen(.bindIOMMUFD)]
    }
  }

  /// iommu.c:iommu_device_claim_dma_owner (§3.2).
  private func claimRefusal(
    in group: IOMMUGroup, by holder: HolderName, _ obstacles: [Obstacle]
  ) -> Transition? {
    let call = KernelCall.bindIOMMUFD
    if let blockers = obstacles.first(where: { $0.reason == .kernelDriver }) {
      return refused(
        call, .operationNotPermitted, rule: blockers.rule,
        .belongsToKernel(group.number, blockers))
    }
    switch before.ownership(of: group.number) {
    case .unclaimed: break
    case .iommufd(let owner) where owner == holder: return nil
    case .iommufd(let owner), .container(let owner):
      return refused(
        call, .operationNotPermitted, rule: .multipleOwners, .ownedByOther(owner, group.number))
    case .somebody:
      return undetermined(call, .kindOfUseUnseen(group.number), rule: .groupInUse)
    case .unknown: return undetermined(call, .useUnseen(group.number), rule: .groupInUse)
    }
    guard let region = obstacles.first(where: { $0.reason == .directRegion }) else { return nil }
    return refused(call, region.refusal.errno, rule: region.rule, .obstacle(region))
  }
}
