package import HostModel

/// A device that could be given to user space: whether it can go, with which others, and what the
/// host loses.
package struct Candidate: Sendable {
  package let device: Device
  package let kind: DeviceKind
  package let group: GroupNumber?
  package let passage: Passage
  /// Of the device and all that go with it.
  package let cost: HostCost

  /// Whether and how it can go.
  package enum Passage: Sendable {
    case alone
    /// These members of the group are on drivers that keep it from user space, this device among
    /// them; all have to be bound to a VFIO driver, or unbound.
    case with([DeviceName])
    case cannot(Hindrance)
    /// What decides was not seen.
    case undetermined([Doubt])
  }

  /// Why a device cannot go at all.
  package enum Hindrance: Sendable {
    case noGroup
    case denylisted
    /// It is a physical function, and has so many VFs.
    case hasVirtualFunctions(Int)
    /// Something that no binding changes.
    case obstacle(Obstacle)
  }

  /// The members that have to go with it; as many as the limit.
  package func companions(limit: Int = .max) -> [DeviceName] {
    guard case .with(let names) = passage else { return [] }
    return Array(names.lazy.filter { $0 != device.name }.prefix(limit))
  }

  package var companionCount: Int {
    guard case .with(let names) = passage else { return 0 }
    return names.count - (names.contains(device.name) ? 1 : 0)
  }

  /// Whether nothing stands in the way, at whatever cost.
  package var canGo: Bool {
    switch passage {
    case .alone, .with: true
    case .cannot, .undetermined: false
    }
  }

  /// What can go without loss first.
  fileprivate var rank: Int {
    switch passage {
    case .cannot: return 6
    case .undetermined: return 5
    case .alone, .with: break
    }
    switch cost.weight() {
    case nil: return cost.unseen.isEmpty ? 0 : 2
    case .hurts: return 1
    case .unknown: return 3
    case .loses: return 4
    }
  }
}

extension Candidate {
  /// Every device worth passing through that is not on a VFIO driver; what is ready comes first.
  ///
  /// - Parameter isComplete: the others too, but for bridges.
  package static func all(
    of audit: Audit, isComplete: Bool = false
  ) -> [Candidate] {
    let index = audit.use
    var candidates: [Candidate] = []
    var grouped: Set<HostPath> = []
    for group in audit.groups {
      // All members have the same companions, and the same cost.
      var shared: (passage: Passage, cost: HostCost)?
      for member in group.members {
        // Nearly every member names its group itself.
        if member.device.group.isAbsent { grouped.insert(member.device.path) }
        guard let kind = DeviceKind(worthPassing: member, isComplete: isComplete) else { continue }
        let way = shared ?? way(of: group, in: index)
        shared = way
        let hindrance = Hindrance(of: member.device, on: audit)
        candidates.append(
          Candidate(
            device: member.device, kind: kind, group: group.group.number,
            passage: hindrance.map(Passage.cannot) ?? way.passage,
            cost: way.cost))
      }
    }
    // A device without a group belongs to no part of the host that was selected.
    let isWhole = audit.groups.count == audit.host.groups.count
    for device in audit.host.devices where isWhole && !grouped.contains(device.path) {
      let member = MemberAssessment(device: device, behavior: audit.behavior)
      guard device.group.isAbsent,
        let kind = DeviceKind(worthPassing: member, isComplete: isComplete)
      else { continue }
      candidates.append(
        Candidate(
          device: device, kind: kind, group: nil, passage: .cannot(.noGroup),
          cost: index.cost(of: [device])))
    }
    let ranks = candidates.map(\.rank)
    let kinds = candidates.map(\.kind.rank)
    let order = candidates.indices.sorted {
      (ranks[$0], kinds[$0], $0) < (ranks[$1], kinds[$1], $1)
    }
    return order.map { candidates[$0] }
  }

  private static func way(
    of group: GroupAssessment, in index: UseIndex
  ) -> (passage: Passage, cost: HostCost) {
    switch group.viability {
    case .undetermined(let doubts): return (.undetermined(doubts), .nothing)
    case .viable: return (.alone, .nothing)
    case .notViable(let obstacles):
      if let fixed = obstacles.first(where: \.culprits.isEmpty) {
        return (.cannot(.obstacle(fixed)), .nothing)
      }
      // A group of one device has one culprit.
      guard group.members.count > 1 else {
        return (.alone, index.cost(of: group.members.map(\.device)))
      }
      let names = Set(obstacles.flatMap(\.culprits).map(\.device))
      let taken = group.members.map(\.device).filter { names.contains($0.name) }
      return (
        taken.count == 1 ? .alone : .with(taken.map(\.name)), index.cost(of: taken)
      )
    }
  }
}

extension Candidate.Hindrance {
  /// What keeps a function that is no bridge from vfio-pci whatever else is done.
  fileprivate init?(of device: Device, on audit: Audit) {
    if case .physical(let function) = device.sriov, !function.virtualFunctions.isEmpty {
      self = .hasVirtualFunctions(function.virtualFunctions.count)
    } else if Denylist.presence(of: device, on: audit.host, in: audit.behavior) == .yes {
      self = .denylisted
    } else {
      return nil
    }
  }
}

/// What a device is good for, by its class.
package enum DeviceKind: String, Sendable, CaseIterable {
  case display, accelerator, network, storage, usb, sound, other

  /// In the order in which people look for them.
  fileprivate var rank: Int {
    switch self {
    case .display: 0
    case .accelerator: 1
    case .network: 2
    case .storage: 3
    case .usb: 4
    case .sound: 5
    case .other: 6
    }
  }

  package init(_ identity: PCIIdentity?) {
    guard let deviceClass = identity?.deviceClass else {
      self = .other
      return
    }
    self =
      switch (deviceClass.base, deviceClass.subclass) {
      case (0x01, _): .storage
      case (0x02, _): .network
      case (0x03, _): .display
      case (0x04, _): .sound
      case (0x0b, 0x40), (0x12, _): .accelerator
      case (0x0c, 0x03): .usb
      default: .other
      }
  }

  /// `nil` for what is on a VFIO driver already, for plumbing, and for what few would give away.
  fileprivate init?(worthPassing member: MemberAssessment, isComplete: Bool) {
    let device = member.device
    guard device.bus == .pci, !member.policy.isVFIO, device.header != .value(.bridge) else {
      return nil
    }
    let kind = DeviceKind(device.identity.value)
    if kind == .other, !isComplete {
      guard case .virtual = device.sriov else { return nil }
    }
    self = kind
  }
}

extension Conclusion {
  /// Whether any of the devices can be given away without harm.
  package init(of candidates: [Candidate], on audit: Audit) {
    if audit.host.groupListing.failure != nil || audit.host.isBlank {
      self = .cannotTell
    } else if audit.host.groups.isEmpty {
      self = .critical
    } else if candidates.contains(where: { $0.canGo && $0.cost == .nothing }) {
      self = .fine
    } else {
      let isUnknown = candidates.contains { candidate in
        if case .undetermined = candidate.passage { return true }
        return candidate.canGo && candidate.cost.conclusion() == .cannotTell
      }
      self = isUnknown ? .cannotTell : .warnings
    }
  }
}
