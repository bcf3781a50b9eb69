import HostModel

/// What a VFIO driver's probe answers (kernel-rules §5.3, §6.1).
enum VFIOProbe {
  /// With what it takes for granted; one line each.
  case accepted([String])
  case refused(ErrorNumber, rule: RuleSlug?, reason: String)
  case undetermined(String)

  init(of device: Device, by driver: DriverName, in state: KernelState) {
    self =
      device.bus == .pci
      ? VFIOProbe(function: device, by: driver, in: state)
      : VFIOProbe(other: device, by: driver, in: state)
  }

  /// The order is vfio_pci.c:vfio_pci_probe, then vfio_pci_core_register_device.
  private init(function device: Device, by driver: DriverName, in state: KernelState) {
    if driver == "vfio-pci", let answer = VFIOProbe.denylist(device, in: state) {
      self = answer
      return
    }
    switch device.header {
    case .value(.bridge):
      self = .refused(
        .invalid, rule: .bridgeMember,
        reason: "\(device.name) is a bridge, and \(driver) takes only endpoints")
      return
    case .unread(let failure):
      self = .undetermined("whether \(device.name) is a bridge could not be read: \(failure)")
      return
    case .value(.normal), .absent: break
    }
    if let count = state.virtualFunctionCount(of: device), count > 0 {
      let reason = "\(device.name) has \(count) virtual functions"
      self =
        state.doubtfulVirtualFunctions.contains(device.path)
        ? .undetermined("\(reason), unless the driver that let go of it took them along")
        : .refused(.busy, rule: .pfWithVFs, reason: reason)
      return
    }
    self = VFIOProbe.group(of: device, by: driver, in: state)
  }

  private static func denylist(_ device: Device, in state: KernelState) -> VFIOProbe? {
    guard state.host.vfio.denylistDisabled.value != true else { return nil }
    guard let identity = device.identity.value else {
      return .undetermined("the ids of \(device.name) could not be read")
    }
    switch Denylist.presence(of: identity, in: state.behavior) {
    case .no: return nil
    case .yes:
      return .refused(
        .invalid, rule: .denylistedDevice,
        reason: "\(identity.idText) is on vfio-pci's denylist")
    case .unread:
      return .undetermined(
        "whether \(identity.idText) is on this kernel's vfio-pci denylist was not read")
    }
  }

  /// Row 5: without a group only no-IOMMU mode helps (§7.7).
  private static func group(
    of device: Device, by driver: DriverName, in state: KernelState
  ) -> VFIOProbe {
    switch device.group {
    case .value: return .accepted(coherency(of: device, in: state))
    case .unread(let failure):
      return .undetermined("the group of \(device.name) could not be read: \(failure)")
    case .absent: break
    }
    let refusal = VFIOProbe.refused(
      .invalid, rule: .noIOMMUGroup, reason: "\(device.name) has no IOMMU group")
    if let failure = state.host.vfio.noIOMMUMode.failure {
      return .undetermined("whether no-IOMMU mode is on could not be read: \(failure)")
    }
    guard state.host.vfio.noIOMMUMode.value == true else { return refusal }
    switch state.behavior.presence(of: .noIOMMUBesideIOMMU) {
    case .yes: return .accepted([])
    case .no: return state.host.groups.allSatisfy { $0.members.isEmpty } ? .accepted([]) : refusal
    case .unread:
      return .undetermined("no-IOMMU mode beside an IOMMU was not read for this kernel")
    }
  }

  /// Row 6: from 5.19 VFIO wants coherent DMA, which Intel's and AMD's IOMMUs and virtio's always
  /// give and Arm's may not; no file tells (§15.6).
  private static func coherency(of device: Device, in state: KernelState) -> [String] {
    guard state.behavior.presence(of: .coherencyRequired) != .no,
      let name = device.iommu.value,
      let instance = state.host.iommus.first(where: { $0.name == name }),
      instance.vendor == .other, !name.hasPrefix("virtio")
    else { return [] }
    return ["the DMA of \(device.name) is cache coherent; if not, bind answers EINVAL"]
  }

  private init(other device: Device, by driver: DriverName, in state: KernelState) {
    if driver == "vfio-platform", state.host.vfio.platformResetRequired.value != false {
      self = .undetermined(
        "vfio-platform answers ENOENT when it knows no reset function for \(device.name)")
      return
    }
    self = VFIOProbe.group(of: device, by: driver, in: state)
  }
}

extension KernelState {
  /// How many VFs a physical function has now; `nil` when it is none.
  func virtualFunctionCount(of device: Device) -> Int? {
    guard case .physical(let function) = device.sriov else { return nil }
    return virtualFunctions[device.path] ?? function.virtualFunctions.count
  }
}
