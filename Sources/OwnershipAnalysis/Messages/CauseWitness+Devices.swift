import HostModel

extension CauseWitness {
  /// What the named devices show of a cause that lies with a device.
  func bearingOfDevices(on cause: RuleSlug) -> CauseBearing {
    // Any member of a group that is named by its number can be meant.
    let meant =
      devices.isEmpty && [.deviceNotOnVFIO, .vendorDriverRefused].contains(cause)
      ? groups.flatMap(\.members).map(\.device) : devices
    guard !meant.isEmpty else { return .unknown }
    let bearings = meant.map { bearing(of: $0, on: cause) }
    if let shown = bearings.first(where: \.isShown) { return shown }
    return bearings.allSatisfy { $0 == .excluded } ? .excluded : .unknown
  }

  /// Where no device of the host has a group, what is to be done lies with the host.
  private func bearingOfMissingGroup(_ device: Device) -> CauseBearing {
    let fact = "\(device.name) has no IOMMU group"
    let bearing = CauseWitness.bearing(of: device.group, { $0 == nil }, fact: { fact })
    guard bearing.isShown,
      let whole = audit.findings.first(where: { [RuleSlug].absentIOMMU.contains($0.rule) })
    else { return bearing }
    return .shown(fact: "\(fact), like all here (\(whole.rule))", remedy: whole.remedy)
  }

  private func bearing(of device: Device, on cause: RuleSlug) -> CauseBearing {
    switch cause {
    case .noIOMMUGroup: return bearingOfMissingGroup(device)
    case .bridgeMember:
      return CauseWitness.bearing(of: device.header) {
        $0 == .bridge
      } fact: {
        "\(device.name) is a bridge"
      }
    case .denylistedDevice:
      return Denylist.presence(of: device, on: audit.host, in: audit.behavior) == .no
        ? .excluded : .unknown
    case .pfWithVFs:
      if case .unread = device.sriov { return .unknown }
      guard device.hasVirtualFunctions else { return .excluded }
      return .shown(fact: "\(device.name) has virtual functions", remedy: "remove them first")
    case .vfAutoprobeOff, .vfTokenRequired:
      return switch device.sriov {
      case .unread: .unknown
      case .none, .physical: .excluded
      case .virtual: cause == .vfTokenRequired ? .excluded : .unknown
      }
    case .staleOverride:
      return CauseWitness.bearing(of: device.driverOverride) {
        $0?.driver != nil
      } fact: {
        nil
      }
    case .driverDoesNotMatch: return bearingOfMatch(device)
    case .alreadyBound:
      return CauseWitness.bearing(of: device.driver) {
        $0 != nil
      } fact: {
        device.driver.value.map { "\(device.name) is bound to \($0)" }
      }
    case .deviceNotOnVFIO:
      guard device.driver.failure == nil else { return .unknown }
      guard !DriverPolicy(of: device).isVFIO else { return .excluded }
      return .shown(
        fact: Phrase.binding(device.name, device.driver.value), remedy: "bind it to vfio-pci")
    case .vendorDriverRefused: return device.bus == .mdev ? .unknown : .excluded
    case .resetNeedsOtherGroup: return bearingOfSharedReset(device)
    case .sriovRefused: return bearingOfVirtualFunctions(device)
    default: return .unknown
    }
  }

  private func bearingOfMatch(_ device: Device) -> CauseBearing {
    guard let wanted = drivers.last ?? device.driverOverride.value?.driver else {
      return .unknown
    }
    return device.driverOverride.value?.driver == wanted ? .excluded : .unknown
  }

  /// - Parameters:
  ///   - holds: whether the cause holds for the value; `nil` stands for one that is absent.
  ///   - fact: what to say then; `nil` leaves it open.
  private static func bearing<Value>(
    of reading: Reading<Value>, _ holds: (Value?) -> Bool, fact: () -> String?
  ) -> CauseBearing {
    guard reading.failure == nil else { return .unknown }
    guard holds(reading.value) else { return .excluded }
    return fact().map { .shown(fact: $0, remedy: nil) } ?? .unknown
  }
}
