package import HostModel

/// What a host shows of the places and causes that a message names.
package struct MessageAnswer: Sendable {
  /// The groups and devices that the text names, as they are on the host; those of the text's
  /// known messages and their groups once each.
  package let places: [MessagePlace]
  /// The causes that the host does not rule out: those that it shows first, else in their order.
  package let causes: [Cause]
  /// How many the host rules out. Where it rules out all, all are among the causes none the less.
  package let excluded: Int

  /// The host shows none of the causes: it is another one, or it has changed since.
  package var isContradicted: Bool {
    excluded > 0 && causes.allSatisfy { $0.bearing == .excluded }
  }

  package struct Cause: Sendable {
    package let match: MessageSearch.Match
    package let bearing: CauseBearing
  }

  /// No host was asked.
  package init(withoutHost search: MessageSearch) {
    places = []
    causes = search.matches.map { Cause(match: $0, bearing: .unknown) }
    excluded = 0
  }

  /// - Parameter isItsHost: the user says that the message is of this host, so that a cause can be
  ///   ruled out though the text names no place of it.
  package init(_ search: MessageSearch, on audit: Audit, isItsHost: Bool) {
    places = MessagePlace.all(in: search, on: audit)
    let witness = CauseWitness(audit, places: places, drivers: search.drivers)
    let all = search.matches.map { Cause(match: $0, bearing: witness.bearing(on: $0.rule.slug)) }
    let mayExclude = isItsHost || places.contains(where: \.isOnHost)
    let left = all.filter { !mayExclude || $0.bearing != .excluded }
    let kept = left.isEmpty ? all : left
    causes = kept.filter(\.bearing.isShown) + kept.filter { !$0.bearing.isShown }
    excluded = all.count - left.count
  }
}

/// How a host bears on a cause.
package enum CauseBearing: Sendable, Equatable {
  /// The host shows it: what it shows, and what to do there.
  case shown(fact: String, remedy: String?)
  /// The host neither shows it nor rules it out.
  case unknown
  /// The host shows that it is not so, now.
  case excluded

  package var isShown: Bool { if case .shown = self { true } else { false } }
}

/// A group or a device that a text names, as it is on a host.
package struct MessagePlace: Sendable, Equatable {
  /// `nil` when the host has no such device, or it has no group.
  package let group: GroupNumber?
  /// What the text names it by, where that is not the group.
  package let device: DeviceName?
  /// `nil` when the host has no such group.
  package let viability: Viability?
  /// The driver of the device; `nil` for none, or for a group.
  package let driver: DriverName?
  /// Who has the group open.
  package let holders: [String]
  /// Whether a member of the group is on a VFIO driver.
  package let isGiven: Bool
  /// What an audit calls an error of the device itself, though its group is viable.
  package let fault: String?
  package let isOnHost: Bool

  /// The devices to blame, in the order in which the kernel meets them.
  package var culprits: [Culprit] { viability?.obstacles.flatMap(\.culprits) ?? [] }
}

extension MessagePlace {
  /// Devices first, each with its group; then the groups that only their number names.
  static func all(in search: MessageSearch, on audit: Audit) -> [MessagePlace] {
    let devices = search.devices.map { address in
      MessagePlace(DeviceName(address), on: audit)
    }
    let covered = Set(devices.compactMap(\.group))
    let groups = search.groups.filter { !covered.contains($0) }
      .map { MessagePlace($0, on: audit) }
    // A device says where it is on this host; a number that the host does not have is of another
    // boot then.
    let isOnHost = devices.contains(where: \.isOnHost)
    return devices + groups.filter { $0.isOnHost || !isOnHost }
  }

  private init(_ name: DeviceName, on audit: Audit) {
    let device = audit.host.devices(named: name).first { $0.bus == .pci }
    let assessment = device?.group.value.flatMap { number in
      audit.groups.first { $0.group.number == number }
    }
    self.init(
      group: device?.group.value, device: name, viability: assessment?.viability,
      driver: device?.driver.value, holders: assessment?.claim.holders ?? [],
      isGiven: assessment?.vfioBound.isEmpty == false,
      fault: audit.findings.first {
        $0.severity >= .error && $0.devices.contains(name) && $0.group == device?.group.value
      }?.message,
      isOnHost: device != nil)
  }

  private init(_ number: GroupNumber, on audit: Audit) {
    let assessment = audit.groups.first { $0.group.number == number }
    self.init(
      group: number, device: nil, viability: assessment?.viability, driver: nil,
      holders: assessment?.claim.holders ?? [],
      isGiven: assessment?.vfioBound.isEmpty == false, fault: nil, isOnHost: assessment != nil)
  }
}
