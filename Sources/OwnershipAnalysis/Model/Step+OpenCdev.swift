import HostModel

extension Step {
  /// VFIO cdev and iommufd: open both nodes, BIND_IOMMUFD, attach (kernel-rules §7.4, §11.4).
  func openCdev(_ paths: [HostPath], _ holder: HolderName?) -> Transition {
    var state = before
    let name = holder ?? state.freshHolder
    var dependsOn: [String] = []
    for path in paths {
      guard let device = device(path) else {
        return refused(.open, .noSuchFile, "there is no such device")
      }
      if let answer = nodeRefusal(of: device) { return answer }
      guard let group = before.group(of: device) else {
        return refused(
          .bindIOMMUFD, .noSuchDevice, rule: .noIOMMUGroup, "\(device.name) has no IOMMU group")
      }
      let step = Step(operation: operation, before: state)
      if let answer = step.bindRefusal(of: device, in: group, to: name) {
        return end(answer, before)
      }
      dependsOn += interruptAssumption
      state.holds[name, default: Hold()].cdevs.insert(path)
      state.setOwnership(of: group.number, to: .iommufd(.holder(name)))
    }
    let names = paths.compactMap { device($0)?.name }
    return accepted(
      .attach, "every step succeeds; \(name) holds \(Phrase.devices(names))",
      dependsOn: Set(dependsOn).sorted(), state: state)
  }

  /// A refusal after some devices were bound: the program gives up and lets go of all.
  private func end(_ answer: Transition, _ state: KernelState) -> Transition {
    var answer = answer
    answer.state = state
    answer.effects = []
    return answer
  }

  /// Whether `/dev/vfio/devices/vfioN` is there (§7.4, F18).
  private func nodeRefusal(of device: Device) -> Transition? {
    let missing = "there is no node for \(device.name) in /dev/vfio/devices"
    switch behavior.presence(of: .vfioDeviceCdev) {
    case .no:
      return refused(
        .open, .noSuchFile, rule: .noVFIOCdev, "\(missing): kernels before 6.6 have none")
    case .unread:
      return undetermined(
        .open, ["whether this kernel has device nodes was not read"], rule: .noVFIOCdev)
    case .yes: break
    }
    guard before.assessment(of: device).policy.isVFIO else {
      return refused(
        .open, .noSuchFile, rule: .deviceNotOnVFIO,
        "\(missing): it is not bound to a VFIO driver")
    }
    if before.host.vfio.hasIOMMUFD.isAbsent {
      return refused(
        .open, .noSuchFile, rule: .noVFIOCdev, "/dev/iommu is not there: no iommufd")
    }
    if let nodes = before.current(device).vfioDevices.value, !nodes.isEmpty {
      guard !nodes.contains(where: \.hasCharacterDevice) else { return nil }
      return refused(
        .open, .noSuchFile, rule: .noVFIOCdev,
        "\(missing): this kernel is built without CONFIG_VFIO_DEVICE_CDEV")
    }
    switch before.index.hasDeviceNodes {
    case true: return nil
    case false:
      return refused(
        .open, .noSuchFile, rule: .noVFIOCdev,
        "\(missing): other devices on VFIO have none either")
    case nil:
      return undetermined(
        .open, ["whether this kernel is built with CONFIG_VFIO_DEVICE_CDEV cannot be seen"],
        rule: .noVFIOCdev)
    }
  }

  /// device_cdev.c, then iommufd/device.c:iommufd_device_bind, in their order (§7.4).
  private func bindRefusal(
    of device: Device, in group: IOMMUGroup, to holder: HolderName
  ) -> Transition? {
    let call = KernelCall.bindIOMMUFD
    if let other = before.nodeHolder(of: group.number) {
      return refused(
        call, .busy, rule: .multipleOwners, "\(other) holds /dev/vfio/\(group.number)")
    }
    // A process that has the node open need not have bound it: then the group's owner is unknown.
    if before.ownership(of: group.number).isClaimed == true,
      let other = before.holder(where: { $0.cdevs.contains(device.path) })
    {
      return refused(
        call, .invalid, rule: .groupInUse, "\(other) has \(device.name) open already")
    }
    if let answer = cdevTokenRefusal(of: device) { return answer }
    let opening = opening(of: group)
    let obstacles = opening.viability.obstacles
    if before.host.vfio.iommufdUnsafeInterrupts.value != true,
      before.host.interrupts.value?.remapping == .inactive
    {
      return refused(
        call, .operationNotPermitted, rule: .unsafeInterrupts, "interrupts are not isolated")
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
        .bindIOMMUFD, ["\(refusal.reason); whether this kernel asks was not read"])
    }
  }

  /// iommufd has a parameter of its own for interrupts that are not isolated (§13 case 29).
  private var interruptAssumption: [String] {
    guard before.host.vfio.iommufdUnsafeInterrupts.value != true else { return [] }
    switch before.host.interrupts.value?.remapping {
    case .active, .translationService, .inactive: return []
    case .unknown, nil:
      return [
        "whether interrupts are isolated cannot be seen here; if not, BIND_IOMMUFD answers EPERM"
      ]
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
        "group \(group.number) belongs to the kernel: \(blockers.fact)")
    }
    switch before.ownership(of: group.number) {
    case .unclaimed: break
    case .iommufd(.holder(let owner)) where owner == holder: return nil
    case .iommufd(.holder(let owner)), .container(.holder(let owner)):
      return refused(
        call, .operationNotPermitted, rule: .multipleOwners,
        "\(owner) owns group \(group.number) through another door")
    case .somebody:
      return undetermined(
        call,
        [
          "group \(group.number) is in use, so the bind is refused: with EBUSY if its node is "
            + "open, with EPERM if another iommufd owns it"
        ], rule: .groupInUse)
    case .unknown:
      return undetermined(
        call, ["whether group \(group.number) is in use cannot be seen"], rule: .groupInUse)
    }
    guard let region = obstacles.first(where: { $0.reason == .directRegion }) else { return nil }
    return refused(call, region.refusal.errno, rule: region.rule, region.fact)
  }
}
