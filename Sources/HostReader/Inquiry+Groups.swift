import HostModel

extension Inquiry {
  private static var groupsDirectory: HostPath { "sys/kernel/iommu_groups" }

  /// The groups that `/sys/kernel/iommu_groups` lists, and how the listing went.
  mutating func groups() -> (groups: [IOMMUGroup], listing: Reading<Int>) {
    let directory = Inquiry.groupsDirectory
    let names = self.names(in: directory)
    let groups = each(of: names.value ?? []) { inquiry, name -> IOMMUGroup? in
      guard let number = GroupNumber(name) else {
        inquiry.note(.malformed(Inquiry.shown(Array(name.utf8))), at: directory / name)
        return nil
      }
      return inquiry.group(number, at: directory / name)
    }
    return (groups, names.map { _ in groups.count })
  }

  private mutating func group(_ number: GroupNumber, at path: HostPath) -> IOMMUGroup {
    let name = text("name", in: path)
    // The type can show whether VFIO made up a group whose name did not answer.
    var group = IOMMUGroup(
      number: number, path: path,
      type: facts.groupTypes || name.failure != nil
        ? text("type", in: path) { DomainType(word: $0) } : .unread(.notNeeded),
      name: name, reservedRegions: reservedRegions(in: path), members: [])
    readMembers(of: &group)
    return group
  }

  private mutating func reservedRegions(in path: HostPath) -> Reading<[ReservedRegion]> {
    parse("reserved_regions", in: path) { bytes in
      var regions: [ReservedRegion] = []
      for line in bytes.split(separator: UInt8(ascii: "\n")) {
        guard let region = ReservedRegion(bytes: line) else { return nil }
        regions.append(region)
      }
      return regions
    }
  }

  /// By the link's target: its name can carry a suffix (kernel-rules §8.1).
  ///
  /// An entry that is there is a member, whatever it answers: one that leads to no device is kept
  /// as unread.
  private mutating func readMembers(of group: inout IOMMUGroup) {
    let directory = group.path / "devices"
    let names = requiredNames(in: directory)
    group.memberListFailure = names.failure
    var known: Set<HostPath> = []
    for name in names.value ?? [] {
      let failure: ReadFailure
      switch target(of: name, in: directory) {
      case .value(let device) where isDevice(device):
        if known.insert(device).inserted {
          group.members.append(GroupMember(linkName: EntryName(name), device: device))
        } else {
          note(.malformed("a second link to \(device)"), at: directory / name)
        }
        continue
      case .value(let device):
        failure = .malformed("leads to \(device)")
        note(failure, at: directory / name)
      case .absent:
        failure = .vanished
        note(failure, at: directory / name)
      case .unread(let reason): failure = reason
      }
      group.unreadMembers.append(UnreadMember(linkName: EntryName(name), failure: failure))
    }
    group.members = Inquiry.sorted(group.members)
  }

  /// Adds what only a device's own `iommu_group` link shows: a member that its group does not
  /// list, and a group that is not listed at all.
  mutating func complete(_ groups: [IOMMUGroup], with devices: [Device]) -> [IOMMUGroup] {
    var groups = groups
    var places = Dictionary(
      groups.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
    var listed: Set<GroupMembership> = []
    for group in groups {
      for member in group.members {
        listed.insert(GroupMembership(group: group.number, device: member.device))
      }
    }
    var grown: Set<Int> = []
    for device in devices {
      guard let number = device.group.value,
        !listed.contains(GroupMembership(group: number, device: device.path))
      else { continue }
      let path = Inquiry.groupsDirectory / number.description
      let place = places[number] ?? groups.count
      if place == groups.count {
        places[number] = place
        note(.vanished, at: path)
        groups.append(
          IOMMUGroup(
            number: number, path: path, type: .unread(.vanished), name: .unread(.vanished),
            reservedRegions: .unread(.vanished), members: [], memberListFailure: .vanished))
      } else if let link = groups[place].unreadMembers.firstIndex(where: {
        $0.canLead(to: device.name)
      }) {
        groups[place].unreadMembers.remove(at: link)
      } else if groups[place].memberListFailure == nil {
        note(.malformed("\(device.path) names this group, which does not list it"), at: path)
      }
      groups[place].members.append(
        GroupMember(linkName: EntryName(device.name.text), device: device.path))
      grown.insert(place)
    }
    for place in grown { groups[place].members = Inquiry.sorted(groups[place].members) }
    return groups
  }

  private static func sorted(_ members: [GroupMember]) -> [GroupMember] {
    guard members.count > 1 else { return members }
    let named = members.map { (name: DeviceName(String($0.device.name)), member: $0) }
    return named.sorted { ($0.name, $0.member.device) < ($1.name, $1.member.device) }.map(\.member)
  }
}

/// A device's place in a group, by which the two links that show it are compared.
private struct GroupMembership: Hashable {
  let group: GroupNumber
  let device: HostPath
}
