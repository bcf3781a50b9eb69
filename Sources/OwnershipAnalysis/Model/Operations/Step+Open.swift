import HashTreeCollections
import HostModel

extension Step {
  /// The VFIO group path with a type1 container (kernel-rules §7.1, §11.3): for each group its
  /// node and SET_CONTAINER, then SET_IOMMU, then GET_DEVICE_FD for each device.
  func open(_ paths: [HostPath], _ holder: HolderName?) -> Transition {
    var devices: [Device] = []
    for path in paths {
      guard let device = device(path) else {
        return refused(.open, .noSuchFile, .noSuchDevice)
      }
      devices.append(device)
    }
    if devices.allSatisfy(before.isBoundWithoutGroup) { return openWithoutIOMMU(devices, holder) }
    var groups: [IOMMUGroup] = []
    for device in devices {
      switch group(of: device, for: .open) {
      case .failure(let answer): return answer
      case .success(let group) where !groups.contains(where: { $0.number == group.number }):
        groups.append(group)
      case .success: break
      }
    }
    for group in groups {
      if let answer = nodeRefusal(of: group) { return answer }
    }
    let openings = groups.map { opening(of: $0) }
    for call in [VFIOCall.setContainer, .setIOMMU] {
      if let answer = refusal(at: call, openings) { return answer }
    }
    if let answer = refusal(at: .getDeviceFD, openings) { return answer }
    // One of them may be refused before its device is asked for.
    let unknowns = openings.flatMap(\.unknowns)
    guard unknowns.isEmpty else { return undetermined(.setContainer, unknowns) }
    if let answer = unregistered(devices, .getDeviceFD) { return answer }
    if let answer = deadlock(devices, groups, by: holder) { return answer }
    for device in devices {
      if let answer = tokenRefusal(of: device, at: .getDeviceFD) { return answer }
    }
    return held(devices, groups, openings, by: holder)
  }

  /// `/dev/vfio/GROUP` alone: it claims nothing, yet keeps every other opener out (§13 case 4).
  func openNode(_ number: GroupNumber, _ holder: HolderName?) -> Transition {
    guard let group = before.host.group(number) else {
      return refused(.open, .noSuchFile, .noSuchGroup(number))
    }
    if let answer = nodeRefusal(of: group) { return answer }
    var state = before
    let name = holder ?? state.difference.holds.freshName
    state.changeHold(of: name) { $0.add(node: number, to: name) }
    return accepted(.open, .nodeOpened(number), state: state)
  }

  /// The node of each made-up group, a container, and its no-IOMMU kind in place of type1.
  private func openWithoutIOMMU(_ devices: [Device], _ holder: HolderName?) -> Transition {
    for device in devices {
      guard let other = before.difference.holds.user(of: device.path) else { continue }
      return refused(.open, .busy, rule: .groupInUse, .groupHeld(other, device.name))
    }
    // vfio_noiommu_ioctl (§7.7): the mode is asked again at SET_IOMMU.
    if before.parameter(.noIOMMUMode) == .value(false) {
      return refused(.setIOMMU, .noSuchDevice, rule: .noIOMMUMode, .noIOMMUModeOff)
    }
    var state = before
    let name = holder ?? state.difference.holds.freshName
    state.hold(devices, [], by: name)
    return accepted(
      .getDeviceFD, .openedWithoutIOMMU(name, devices.map(\.name)),
      dependsOn: [.assumed(.callerHasRawIO)], state: state)
  }

  private func held(
    _ devices: [Device], _ groups: [IOMMUGroup], _ openings: [ViabilityTest],
    by holder: HolderName?
  ) -> Transition {
    var state = before
    let name = holder ?? state.difference.holds.freshName
    state.hold(devices, groups, by: name)
    return accepted(
      .getDeviceFD, .opened(name, devices.map(\.name)),
      dependsOn: containerAssumption + openings.flatMap(\.dependsOn), state: state)
  }

  /// iommufd can stand in for the container, and then claims at GET_DEVICE_FD only (§7.1, §13
  /// case 5). That is a matter of the kernel's configuration, which is not read.
  private var containerAssumption: [Doubt] {
    guard before.host.vfio.hasIOMMUFD.value == true, behavior.has(.ownershipByDevice) else {
      return []
    }
    return [.assumed(.containerIsOfVFIO)]
  }

  // MARK: Steps

  /// The group whose node would be opened.
  private func group(of device: Device, for call: KernelCall) -> StepResult<IOMMUGroup> {
    switch device.group {
    case .value(let number):
      if let group = before.host.group(number) { return .success(group) }
      return .failure(undetermined(call, .unread(.groupDirectory(number), nil)))
    case .absent where before.isBoundWithoutGroup(device):
      return .failure(
        undetermined(call, .madeUpGroupBesideRealOne(device.name), rule: .noIOMMUMode))
    case .absent:
      if let doubt = before.assessment(of: device).driverDoubt {
        return .failure(undetermined(call, doubt, rule: .noIOMMUGroup))
      }
      return .failure(
        refused(call, .noSuchFile, rule: .noIOMMUGroup, .noNodeWithoutGroup(device.name)))
    case .unread(let failure):
      return .failure(undetermined(call, .unread(.group(device.name), failure)))
    }
  }

  /// Opening `/dev/vfio/N`: group.c:vfio_group_fops_open (§7.1).
  private func nodeRefusal(of group: IOMMUGroup) -> Transition? {
    let number = group.number
    guard before.hasNode(group) else {
      let doubts = before.nodeDoubts(of: group)
      guard doubts.isEmpty else { return undetermined(.open, doubts, rule: .groupHasNoNode) }
      return refused(.open, .noSuchFile, rule: .groupHasNoNode, .nodeMissing(number))
    }
    if let name = before.difference.holds.opener(of: number) {
      return refused(.open, .busy, rule: .groupInUse, .nodeHeld(name, number))
    }
    switch before.ownership(of: number) {
    case .somebody:
      return refused(.open, .busy, rule: .groupInUse, .groupInUse(number))
    case .iommufd(let name):
      return refused(.open, .busy, rule: .multipleOwners, .heldThroughCdev(name, number))
    case .unknown: return undetermined(.open, .useUnseen(number), rule: .groupInUse)
    case .unclaimed, .container: return nil
    }
  }

  func opening(of group: IOMMUGroup) -> ViabilityTest {
    ViabilityTest(
      of: group, members: before.members(of: group), host: before.host, behavior: behavior,
      unsafeInterrupts: before.difference.parameters[.unsafeInterrupts])
  }

  private func refusal(at call: VFIOCall, _ openings: [ViabilityTest]) -> Transition? {
    for opening in openings {
      guard let obstacle = opening.viability.obstacles.first(where: { $0.refusal.call == call })
      else { continue }
      return refused(
        KernelCall(call), obstacle.refusal.errno, rule: obstacle.rule,
        .notViable(opening.number, obstacle))
    }
    return nil
  }

  /// A VF of a physical function on VFIO needs a token, which no operation here gives (§7.2).
  func tokenRefusal(of device: Device, at call: KernelCall) -> Transition? {
    if case .unread(let failure) = device.sriov {
      return undetermined(call, .unread(.sriovRole(device.name), failure))
    }
    if case .virtual(let parent) = device.sriov, let function = before.host.device(at: parent),
      before.assessment(of: function).policy.isVFIO
    {
      return refused(
        call, .permissionDenied, .tokenForVirtualFunction(function: function.name))
    }
    guard case .physical(let function) = device.sriov else { return nil }
    let used = function.virtualFunctions.first { path in
      before.difference.holds.user(of: path) != nil
    }
    guard let used, let virtual = before.host.device(at: used) else { return nil }
    return refused(
      call, .permissionDenied, .tokenForFunction(device.name, virtualFunction: virtual.name))
  }

  /// A device that no VFIO driver has registered (§7.1).
  private func unregistered(_ devices: [Device], _ call: KernelCall) -> Transition? {
    guard
      let device = devices.first(where: { !before.assessment(of: $0).policy.isVFIO })
    else { return nil }
    return refused(call, .noSuchDevice, rule: .deviceNotOnVFIO, .notOnVFIO(device.name))
  }
}

/// A value, or the answer that ends the operation.
enum StepResult<Value> {
  case success(Value)
  case failure(Transition)
}

extension KernelState {
  /// Everything of an open through groups and a container.
  mutating func hold(_ devices: [Device], _ groups: [IOMMUGroup], by name: HolderName) {
    for group in groups {
      changeHold(of: name) { $0.add(container: group.number, to: name) }
      setOwnership(of: group.number, to: .container(name))
    }
    for device in devices { changeHold(of: name) { $0.add(device: device.path, to: name) } }
  }
}
