import HostModel

extension Step {
  /// The VFIO group path with a type1 container (kernel-rules §7.1, §11.3): for each group its
  /// node and SET_CONTAINER, then SET_IOMMU, then GET_DEVICE_FD for each device.
  func open(_ paths: [HostPath], _ holder: HolderName?) -> Transition {
    var devices: [Device] = []
    for path in paths {
      guard let device = device(path) else {
        return refused(.open, .noSuchFile, "there is no such device")
      }
      devices.append(device)
    }
    if devices.allSatisfy(isWithoutIOMMU) { return openWithoutIOMMU(devices, holder) }
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
    if let answer = refusal(at: .getDeviceFD, openings) ?? unregistered(devices, .getDeviceFD) {
      return answer
    }
    let unknowns = openings.flatMap(\.unknowns)
    guard unknowns.isEmpty else { return undetermined(.setContainer, unknowns) }
    if let answer = deadlock(devices, groups, by: holder) { return answer }
    for device in devices {
      if let answer = tokenRefusal(of: device, at: .getDeviceFD) { return answer }
    }
    return held(devices, groups, openings, by: holder)
  }

  /// `/dev/vfio/GROUP` alone: it claims nothing, yet keeps every other opener out (§13 case 4).
  func openNode(_ number: GroupNumber, _ holder: HolderName?) -> Transition {
    guard let group = before.host.group(number) else {
      return refused(.open, .noSuchFile, "there is no group \(number)")
    }
    if let answer = nodeRefusal(of: group) { return answer }
    var state = before
    state.holds[holder ?? state.freshHolder, default: Hold()].nodes.insert(number)
    return accepted(
      .open, "/dev/vfio/\(number) is open; without a container nothing is claimed", state: state)
  }

  /// On VFIO without a group of the host: VFIO makes one up when it binds (§7.7).
  private func isWithoutIOMMU(_ device: Device) -> Bool {
    device.group.isAbsent && before.assessment(of: device).policy.isVFIO
  }

  /// The node of each made-up group, a container, and its no-IOMMU kind in place of type1.
  private func openWithoutIOMMU(_ devices: [Device], _ holder: HolderName?) -> Transition {
    for device in devices {
      guard let other = before.holder(where: { $0.uses(device.path) }) else { continue }
      return refused(
        .open, .busy, rule: .groupInUse, "\(other) holds the group of \(device.name)")
    }
    var state = before
    let name = holder ?? state.freshHolder
    state.hold(devices, [], by: name)
    return accepted(
      .getDeviceFD,
      "every step succeeds without an IOMMU; \(name) holds \(Phrase.devices(devices.map(\.name)))",
      dependsOn: ["the caller has CAP_SYS_RAWIO; if not, open answers EPERM"], state: state)
  }

  private func held(
    _ devices: [Device], _ groups: [IOMMUGroup], _ openings: [GroupOpening],
    by holder: HolderName?
  ) -> Transition {
    var state = before
    let name = holder ?? state.freshHolder
    state.hold(devices, groups, by: name)
    let dependsOn = Set(openings.flatMap(\.dependsOn)).union(containerAssumption).sorted()
    return accepted(
      .getDeviceFD, "every step succeeds; \(name) holds \(Phrase.devices(devices.map(\.name)))",
      dependsOn: dependsOn, state: state)
  }

  /// iommufd can stand in for the container, and then claims at GET_DEVICE_FD only (§7.1, §13
  /// case 5). That is a matter of the kernel's configuration, which is not read.
  private var containerAssumption: [String] {
    guard before.host.vfio.hasIOMMUFD.value == true, behavior.has(.ownershipByDevice) else {
      return []
    }
    return [
      "/dev/vfio/vfio is VFIO's own container, not iommufd's (CONFIG_IOMMUFD_VFIO_CONTAINER), "
        + "which would claim only at GET_DEVICE_FD"
    ]
  }

  // MARK: Steps

  /// The group whose node would be opened.
  private func group(of device: Device, for call: KernelCall) -> StepResult<IOMMUGroup> {
    switch device.group {
    case .value(let number):
      if let group = before.host.group(number) { return .success(group) }
      return .failure(undetermined(call, ["group \(number) could not be read"]))
    case .absent where isWithoutIOMMU(device):
      return .failure(
        undetermined(
          call,
          [
            "\(device.name) has a group that VFIO made up, and whether a container takes it "
              + "beside a real one was not read"
          ], rule: .noIOMMUMode))
    case .absent:
      return .failure(
        refused(
          call, .noSuchFile, rule: .noIOMMUGroup,
          "\(device.name) has no IOMMU group, and so no node in /dev/vfio"))
    case .unread(let failure):
      return .failure(
        undetermined(call, ["the group of \(device.name) could not be read: \(failure)"]))
    }
  }

  /// Opening `/dev/vfio/N`: group.c:vfio_group_fops_open (§7.1).
  private func nodeRefusal(of group: IOMMUGroup) -> Transition? {
    let number = group.number
    guard before.hasNode(group) else {
      return refused(
        .open, .noSuchFile, rule: .groupHasNoNode,
        "/dev/vfio/\(number) is not there: no member is bound to a VFIO driver")
    }
    if let name = before.nodeHolder(of: number) {
      return refused(.open, .busy, rule: .groupInUse, "\(name) holds /dev/vfio/\(number)")
    }
    switch before.ownership(of: number) {
    case .somebody:
      return refused(.open, .busy, rule: .groupInUse, "group \(number) is in use")
    case .iommufd(.holder(let name)):
      return refused(
        .open, .busy, rule: .multipleOwners,
        "\(name) holds a device of group \(number) through its cdev")
    case .unknown:
      return undetermined(
        .open,
        [
          "whether group \(number) is in use cannot be seen: ask as root, or give "
            + "--assume-claimed \(number) or --assume-unclaimed \(number)"
        ], rule: .groupInUse)
    case .unclaimed, .container: return nil
    }
  }

  func opening(of group: IOMMUGroup) -> GroupOpening {
    GroupOpening(
      of: group, members: before.members(of: group), host: before.host, behavior: behavior)
  }

  private func refusal(at call: VFIOCall, _ openings: [GroupOpening]) -> Transition? {
    for opening in openings {
      guard let obstacle = opening.viability.obstacles.first(where: { $0.refusal.call == call })
      else { continue }
      return refused(
        KernelCall(call), obstacle.refusal.errno, rule: obstacle.rule,
        "group \(opening.number) is not viable: \(obstacle.fact)")
    }
    return nil
  }

  /// A VF of a physical function on VFIO needs a token, which no operation here gives (§7.2).
  func tokenRefusal(of device: Device, at call: KernelCall) -> Transition? {
    if case .virtual(let parent) = device.sriov, let function = before.host.device(at: parent),
      before.assessment(of: function).policy.isVFIO
    {
      return refused(
        call, .permissionDenied,
        "physical function \(function.name) is on VFIO too: its VFs open with a VF token only")
    }
    guard case .physical(let function) = device.sriov else { return nil }
    let used = function.virtualFunctions.first { path in
      before.holder(where: { $0.uses(path) }) != nil
    }
    guard let used, let virtual = before.host.device(at: used) else { return nil }
    return refused(
      call, .permissionDenied,
      "VF \(virtual.name) is in use: \(device.name) opens with a VF token only")
  }

  /// A device that no VFIO driver has registered (§7.1).
  private func unregistered(_ devices: [Device], _ call: KernelCall) -> Transition? {
    guard
      let device = devices.first(where: { !before.assessment(of: $0).policy.isVFIO })
    else { return nil }
    return refused(
      call, .noSuchDevice, rule: .deviceNotOnVFIO,
      "\(device.name) is not bound to a VFIO driver")
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
      holds[name, default: Hold()].nodes.insert(group.number)
      holds[name, default: Hold()].containerGroups.insert(group.number)
      setOwnership(of: group.number, to: .container(.holder(name)))
    }
    holds[name, default: Hold()].devices.formUnion(devices.map(\.path))
  }

  /// A name for a holder that was given none.
  var freshHolder: HolderName {
    let used = Set(holds.keys)
    for number in 1... {
      let name = HolderName("user\(number)")
      if !used.contains(name) { return name }
    }
    return HolderName("user")
  }
}

extension Obstacle {
  /// The fact in a few words.
  var fact: String {
    switch reason {
    case .kernelDriver, .driverNotAllowed: Phrase.bindings(culprits)
    case .directRegion: "the firmware demands a 1:1 mapping for a member"
    case .mixedBuses: "its members sit on different buses"
    case .unsafeInterrupts: "interrupts are not isolated"
    }
  }
}
