import HashTreeCollections
import HostModel

/// What a VFIO driver's probe answers (kernel-rules §5.3, §6.1).
enum VFIOProbe {
  /// With what it takes for granted.
  case accepted([Doubt])
  case refused(ErrorNumber, rule: RuleSlug?, Reason)
  case undetermined(Doubt)

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
      self = .refused(.invalid, rule: .bridgeMember, .isBridge(device.name, driver))
      return
    case .unread(let failure):
      self = .undetermined(.unread(.header(device.name), failure))
      return
    case .value(.normal), .absent: break
    }
    if case .unread(let failure) = device.sriov {
      self = .undetermined(.unread(.sriovRole(device.name), failure))
      return
    }
    if let count = state.virtualFunctionCount(of: device), count > 0 {
      self =
        state.difference.doubtfulVirtualFunctions.contains(device.path)
        ? .undetermined(.virtualFunctionsInTheWay(device.name, count))
        : .refused(.busy, rule: .pfWithVFs, .hasVirtualFunctions(device.name, count))
      return
    }
    self = VFIOProbe.group(of: device, by: driver, in: state)
  }

  private static func denylist(_ device: Device, in state: KernelState) -> VFIOProbe? {
    guard state.host.vfio.denylistDisabled.value != true else { return nil }
    guard let identity = device.identity.value else {
      return .undetermined(.unread(.identity(device.name), nil))
    }
    switch Denylist.presence(of: identity, in: state.behavior) {
    case .no: return nil
    case .yes:
      return .refused(.invalid, rule: .denylistedDevice, .denylisted(PCIIDPair(identity)))
    case .unread:
      return .undetermined(
        .unstudied(.denylistHasAccelerators, of: .denylisted(PCIIDPair(identity))))
    }
  }

  /// Row 5: without a group only no-IOMMU mode helps (§7.7).
  private static func group(
    of device: Device, by driver: DriverName, in state: KernelState
  ) -> VFIOProbe {
    switch device.group {
    case .value: return .accepted(coherency(of: device, in: state))
    case .unread(let failure):
      return .undetermined(.unread(.group(device.name), failure))
    case .absent: break
    }
    let refusal = VFIOProbe.refused(.invalid, rule: .noIOMMUGroup, .hasNoGroup(device.name))
    if let failure = state.parameter(.noIOMMUMode).failure {
      return .undetermined(.unread(.noIOMMUMode, failure))
    }
    guard state.parameter(.noIOMMUMode).value == true else { return refusal }
    switch state.behavior.presence(of: .noIOMMUBesideIOMMU) {
    case .yes: return .accepted([])
    case .no: return state.host.groups.allSatisfy { $0.members.isEmpty } ? .accepted([]) : refusal
    case .unread:
      return .undetermined(.unstudied(.noIOMMUBesideIOMMU, of: nil))
    }
  }

  /// Row 6: from 5.19 VFIO wants coherent DMA, which Intel's and AMD's IOMMUs and virtio's always
  /// give and Arm's may not; no file shows it (§15.6).
  private static func coherency(of device: Device, in state: KernelState) -> [Doubt] {
    guard state.behavior.presence(of: .coherencyRequired) != .no,
      let name = device.iommu.value,
      let instance = state.host.iommus.first(where: { $0.name == name }),
      instance.vendor == .other, !name.text.hasPrefix("virtio")
    else { return [] }
    return [.assumed(.coherentDMA(device.name))]
  }

  private init(other device: Device, by driver: DriverName, in state: KernelState) {
    if driver == "vfio-platform", state.host.vfio.platformResetRequired.value != false {
      switch state.difference.settled[.platformReset(device.path)] {
      case true: break
      case false:
        self = .refused(.noSuchFile, rule: nil, .doubt(.platformReset(device.name)))
        return
      case nil:
        self = .undetermined(.platformReset(device.name))
        return
      }
    }
    self = VFIOProbe.group(of: device, by: driver, in: state)
  }
}
