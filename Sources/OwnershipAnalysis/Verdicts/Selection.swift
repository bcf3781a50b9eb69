package import HostModel

/// The groups and devices that were asked for, all of them on the host.
package struct Selection: Sendable, Equatable {
  package let groups: Set<GroupNumber>
  package let devices: Set<HostPath>

  package init(groups: Set<GroupNumber>, devices: Set<HostPath>) {
    self.groups = groups
    self.devices = devices
  }

  package var isEverything: Bool { groups.isEmpty && devices.isEmpty }
}

extension Audit {
  /// The part of the audit that concerns a selection, and what concerns the host as a whole.
  package func restricted(to selection: Selection) -> Audit {
    guard !selection.isEverything else { return self }
    let chosen = groups.filter { group in
      selection.groups.contains(group.group.number)
        || group.members.contains { selection.devices.contains($0.device.path) }
    }
    let numbers = Set(chosen.map(\.group.number))
    let names = Set(selection.devices.compactMap { host.device(at: $0)?.name })
    let isConcerned = { (group: GroupNumber?, devices: [DeviceName]) in
      if let group { return numbers.contains(group) }
      return devices.isEmpty || devices.contains { names.contains($0) }
    }
    return Audit(
      host: host, kernel: kernel, behavior: behavior, groups: chosen,
      findings: findings.filter { isConcerned($0.group, $0.devices) },
      questions: questions.filter { isConcerned($0.group, $0.devices) }, use: use)
  }
}

extension DeviceName {
  /// The name as people write it: the address of a PCI function can be without its domain, and
  /// bytes can be escaped as they are shown.
  package init(spelling text: String) {
    self =
      PCIAddress(text, shortForm: true).map(DeviceName.init)
      ?? DeviceName(PrintableText.unescape(name: text))
  }
}
