import HostModel

extension CauseWitness {
  /// A reset of the slot takes its functions in other groups with it, but no virtual function.
  func bearingOfSharedReset(_ device: Device) -> CauseBearing {
    guard let address = device.name.address, device.group.failure == nil else { return .unknown }
    let others = audit.host.devices.filter { other in
      guard let place = other.name.address, other.bus == .pci, !other.isVirtual else {
        return false
      }
      return place.firstFunction == address.firstFunction
        && other.group.value != device.group.value && other.driver.failure == nil
        && !DriverPolicy(of: other).isVFIO
    }
    guard !others.isEmpty else { return .unknown }
    let states = others.map { Phrase.binding($0.name, $0.driver.value) }
    return .shown(
      fact: "on the same card, in another group: \(states.joined(separator: ", "))",
      remedy: "give the same program \(Phrase.devices(others.map(\.name))) too")
  }

  /// What the physical function is short of, where a host shows that.
  func bearingOfVirtualFunctions(_ device: Device) -> CauseBearing {
    switch device.sriov {
    case .unread: return .unknown
    case .none, .virtual:
      return .shown(fact: "\(device.name) cannot have virtual functions", remedy: nil)
    case .physical(let function):
      if function.totalVFs.value == 0 {
        return .shown(
          fact: "the firmware or the device allows \(device.name) no virtual functions",
          remedy: "switch on SR-IOV in the set-up of the firmware and of the card")
      }
      guard function.virtualFunctions.isEmpty else {
        let limit = function.totalVFs.value.map { " of at most \($0)" } ?? ""
        return .shown(
          fact: "\(device.name) has \(function.virtualFunctions.count)\(limit) virtual functions",
          remedy: "write 0 before another number")
      }
      guard device.driver.failure == nil, device.driver.value == nil else { return .unknown }
      return .shown(
        fact: "\(device.name) has no driver that could make virtual functions",
        remedy: "bind the driver of the vendor")
    }
  }
}

extension Device {
  fileprivate var isVirtual: Bool { if case .virtual = sriov { true } else { false } }
}
