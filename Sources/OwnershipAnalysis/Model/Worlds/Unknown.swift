import HashTreeCollections
package import HostModel

/// Something of the host that cannot be seen and is one way or the other.
///
/// Each world takes it for true or for false once an operation asks.
package enum Unknown: Hashable, Sendable {
  /// User space owns the group.
  case claimed(GroupNumber)
  /// A process has the device open, so that its unbind waits.
  case open(HostPath)
  /// An unbind that waits holds the device's lock.
  case locked(HostPath)
  /// The driver matches the device.
  case matches(HostPath, DriverName)
  /// The probe of the driver accepts a device that its own ids do not have.
  case accepts(DriverName, HostPath)
  /// Devices on VFIO drivers have a node in `/dev/vfio/devices` (CONFIG_VFIO_DEVICE_CDEV).
  case deviceNodes
  /// vfio-platform knows a reset function for the device.
  case platformReset(HostPath)
}

extension KernelState {
  /// The states of which one is the host's, one for each answer to a doubt; `nil` where the
  /// model cannot say which states are possible.
  func possibilities(_ doubt: Doubt, for operation: Operation) -> [KernelState]? {
    if let unknown = unknown(in: doubt, for: operation) {
      guard difference.settled[unknown] == nil else { return nil }
      return [true, false].map { settling(unknown, as: $0) }
    }
    switch doubt {
    case .dynamicIDAdded(let id, let driver):
      var (added, gone) = (self, self)
      added.addID(id, to: driver)
      gone.removeID(id, from: driver, isLast: true)
      return [added, gone]
    case .virtualFunctionsLeft(let name, _), .virtualFunctionsInTheWay(let name, _):
      guard let function = operation.device.flatMap(host.device), function.name == name else {
        return nil
      }
      return withAndWithoutVirtualFunctions(of: function)
    default: return nil
    }
  }

  private func settling(_ unknown: Unknown, as answer: Bool) -> KernelState {
    var state = self
    state.set(.unknown(unknown), to: .unknown(answer))
    return state
  }

  /// What the doubt is about, where that is one thing.
  private func unknown(in doubt: Doubt, for operation: Operation) -> Unknown? {
    switch doubt {
    case .ownershipUnseen(let group), .useUnseen(let group), .useUnseenBeforeCrash(let group):
      return .claimed(group)
    case .openUnseen(let name, _, _): return device(name, of: operation).map(Unknown.open)
    case .lockUnseen(let name, _): return device(name, of: operation).map(Unknown.locked)
    case .cdevConfiguration: return .deviceNodes
    case .foreignDevice(let driver, let name):
      return device(name, of: operation).map { .accepts(driver, $0) }
    case .platformReset(let name): return device(name, of: operation).map(Unknown.platformReset)
    case .driverChoice(let name, _, let possible, _):
      guard let driver = possible.first, let path = device(name, of: operation) else { return nil }
      return .matches(path, driver)
    case .dynamicIDs, .idTableUnread, .subsystem, .matchOffPCI, .unread(.identity, _),
      .unread(.driverOverride, _):
      guard case .bind(let path, let driver) = operation else { return nil }
      return .matches(path, driver)
    default: return nil
    }
  }

  /// The device of that name that the operation is about, or that goes with it.
  private func device(_ name: DeviceName, of operation: Operation) -> HostPath? {
    if let path = operation.device, host.device(at: path)?.name == name { return path }
    let named = host.devices(named: name)
    return named.count == 1 ? named[0].path : nil
  }

  /// A driver that let go of a physical function may have taken its VFs along.
  private func withAndWithoutVirtualFunctions(of function: Device) -> [KernelState]? {
    guard case .physical(let physical) = function.sriov,
      difference.doubtfulVirtualFunctions.contains(function.path)
    else { return nil }
    var (with, without) = (self, self)
    with.setVirtualFunctionsDoubtful(of: function.path, to: false)
    without.setVirtualFunctionsDoubtful(of: function.path, to: false)
    without.setVirtualFunctionCount(of: function.path, to: 0)
    for virtual in physical.virtualFunctions.compactMap(host.device)
    where !without.isRemoved(virtual.path) {
      without.remove(virtual)
    }
    return [with, without]
  }
}
