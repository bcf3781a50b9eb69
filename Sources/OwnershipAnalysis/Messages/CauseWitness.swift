import HostModel

/// Asks a host about the causes of a message: its findings first, then the plain facts.
struct CauseWitness {
  let audit: Audit
  /// The named devices that the host has.
  let devices: [Device]
  /// The named groups that the host has, and those of the named devices.
  let groups: [GroupAssessment]
  /// Names that the host does not have.
  let missing: [DeviceName]
  /// Whether the text names any place.
  private let namesPlaces: Bool
  /// Drivers that the message names.
  let drivers: [DriverName]

  init(_ audit: Audit, places: [MessagePlace], drivers: [DriverName]) {
    self.audit = audit
    self.drivers = drivers
    devices = places.compactMap(\.device).flatMap { audit.host.devices(named: $0) }
      .filter { $0.bus == .pci }
    let numbers = Set(places.filter(\.isOnHost).compactMap(\.group))
    groups = audit.groups.filter { numbers.contains($0.group.number) }
    missing = places.filter { !$0.isOnHost }.compactMap(\.device)
    namesPlaces = !places.isEmpty
  }

  func bearing(on cause: RuleSlug) -> CauseBearing {
    if let finding = audit.findings.first(where: { $0.rule == cause && concerns($0, by: cause) }) {
      return .shown(fact: finding.message, remedy: finding.remedy)
    }
    guard
      !audit.questions.contains(where: {
        $0.rule == cause && concerns(group: $0.group, devices: $0.devices)
      })
    else { return .unknown }
    return bearingOfFacts(on: cause)
  }

  /// A bridge elsewhere in the group says nothing of a device that is none.
  private func concerns(_ finding: Finding, by cause: RuleSlug) -> Bool {
    let liesWithTheDevice = !devices.isEmpty && [RuleSlug].ofOneDevice.contains(cause)
    return concerns(group: liesWithTheDevice ? nil : finding.group, devices: finding.devices)
  }

  /// About the host as a whole, or about a place that the text names, if it names any.
  private func concerns(group: GroupNumber?, devices: [DeviceName]) -> Bool {
    if !namesPlaces || group == nil && devices.isEmpty { return true }
    if let group, groups.contains(where: { $0.group.number == group }) {
      // A finding about another member of the group is of interest too.
      return true
    }
    return devices.contains { name in self.devices.contains { $0.name == name } }
  }

  private func bearingOfFacts(on cause: RuleSlug) -> CauseBearing {
    switch cause {
    case .iommuNotReported, .iommuDisabledOnCommandLine, .iommuNotEnabled, .iommuInactive,
      .iommuOwnedByXen:
      return bearingOfAbsence
    case .mixedGroup, .bridgeDriverBlocks, .eventCollectorBlocks, .notAStub, .mixedBuses,
      .reservedDirectRegion, .unsafeInterrupts:
      return bearingOfViability(cause)
    case .groupInUse, .kernelDriverInClaimedGroup, .driverlessMemberOfClaimedGroup,
      .multipleOwners:
      return bearingOfClaim(cause)
    case .groupHasNoNode: return bearingOfNode
    case .noIOMMUMode, .acsOverride, .noContainerBackend, .overrideNotApplied:
      return ruledOutBySilence(of: cause)
    case .vfioNotLoaded:
      guard audit.host.isRegistered("vfio-pci", on: .pci) else {
        return .shown(
          fact: "no driver vfio-pci is registered on this host", remedy: "modprobe vfio-pci")
      }
      return .excluded
    case .noVFIOCdev:
      guard audit.host.vfio.hasIOMMUFD.value == false else { return .unknown }
      return .shown(
        fact: "/dev/iommu is not there", remedy: "open the group through /dev/vfio/N instead")
    case .deviceMoved:
      guard let name = missing.first else { return devices.isEmpty ? .unknown : .excluded }
      return .shown(fact: "this host has no device \(name)", remedy: nil)
    default: return bearingOfDevices(on: cause)
    }
  }

  /// One diagnosis for a host: a cause that was not found is not the one.
  private var bearingOfAbsence: CauseBearing {
    audit.host.hasIsolatedGroup == nil ? .unknown : .excluded
  }

  /// The rule looked at every place of the text, and found nothing.
  private func ruledOutBySilence(of cause: RuleSlug) -> CauseBearing {
    switch cause {
    case .noIOMMUMode:
      let vfio = audit.host.vfio
      return vfio.groupNodes.failure == nil && vfio.noIOMMUMode.failure == nil
        ? .excluded : .unknown
    case .noContainerBackend:
      return audit.host.vfio.unsafeInterrupts.value == nil ? .unknown : .excluded
    default: return devices.isEmpty && groups.isEmpty ? .unknown : .excluded
    }
  }

  private func bearingOfViability(_ cause: RuleSlug) -> CauseBearing {
    guard !groups.isEmpty else { return .unknown }
    for group in groups {
      for obstacle in group.viability.obstacles where obstacle.rule == cause {
        let culprits = obstacle.culprits.isEmpty ? "" : ": \(Phrase.bindings(obstacle.culprits))"
        return .shown(
          fact: "group \(group.group.number) is not viable\(culprits)", remedy: nil)
      }
    }
    return groups.contains { !$0.viability.doubts.isEmpty } ? .unknown : .excluded
  }

  private func bearingOfClaim(_ cause: RuleSlug) -> CauseBearing {
    guard !groups.isEmpty else { return .unknown }
    guard cause != .multipleOwners else {
      return groups.allSatisfy { $0.claim.state == .unclaimed && $0.claim.holders.isEmpty }
        ? .excluded : .unknown
    }
    if let held = groups.first(where: \.isHeld) {
      let who =
        held.claim.holders.isEmpty ? "" : " by \(held.claim.holders.joined(separator: ", "))"
      return .shown(
        fact: "group \(held.group.number) is in use\(who)",
        remedy: cause == .groupInUse ? nil : "stop its user first")
    }
    return groups.allSatisfy { $0.claim.state == .unclaimed && $0.claim.holders.isEmpty }
      ? .excluded : .unknown
  }

  private var bearingOfNode: CauseBearing {
    guard let group = groups.first else { return .unknown }
    switch audit.host.hasNode(group.group.number) {
    case .value(true): return .excluded
    case .value(false):
      let drivers = group.members.map(\.culprit).map { Phrase.binding($0.device, $0.driver) }
      return .shown(
        fact: "group \(group.group.number) has no node in /dev/vfio: "
          + drivers.prefix(4).joined(separator: ", "),
        remedy: "bind a member to vfio-pci")
    case .absent, .unread: return .unknown
    }
  }
}
