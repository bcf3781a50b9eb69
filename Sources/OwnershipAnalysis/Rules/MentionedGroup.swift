package import HostModel

/// A group that a message names by its number or by a device of it, as it is on a host.
package struct MentionedGroup: Sendable, Equatable {
  package let number: GroupNumber
  /// The device that the message names in place of the group.
  package let device: DeviceName?
  package let viability: Viability
  /// The devices to blame, in the order in which the kernel meets them.
  package var culprits: [Culprit] { viability.obstacles.flatMap(\.culprits) }
}

extension MessageSearch {
  /// Whether a host could say more: the text names a group or a device.
  package var namesPlaces: Bool { !groups.isEmpty || !devices.isEmpty }

  /// The groups of the host that the text names, each once; those named by number first.
  package func mentionedGroups(on audit: Audit) -> [MentionedGroup] {
    let named = groups.map { (number: $0, device: DeviceName?.none) }
    let held = devices.map { DeviceName($0) }.compactMap { name in
      audit.host.devices.first { $0.name == name && $0.bus == .pci }?.group.value
        .map { (number: $0, device: Optional(name)) }
    }
    var told: Set<GroupNumber> = []
    return (named + held).compactMap { place in
      guard let group = audit.groups.first(where: { $0.group.number == place.number }),
        told.insert(place.number).inserted
      else { return nil }
      return MentionedGroup(
        number: place.number, device: place.device, viability: group.viability)
    }
  }
}
