import ArgumentParser
import HostModel
import OwnershipAnalysis
import Reporting

/// The groups and devices that somebody asked for, all of them on the host.
struct Selection {
  let groups: Set<GroupNumber>
  let devices: Set<HostPath>

  var isEverything: Bool { groups.isEmpty && devices.isEmpty }

  /// - Throws: a usage error that names the first group or device that the host does not have.
  init(groups: [String], devices: [String], on audit: Audit) throws {
    self.groups = try Set(groups.map { try Selection.group($0, on: audit) })
    self.devices = try Set(devices.flatMap { try Selection.devices($0, on: audit) })
  }

  private static func group(_ text: String, on audit: Audit) throws -> GroupNumber {
    let numbers = audit.groups.map(\.group.number)
    if let number = GroupNumber(text), numbers.contains(number) { return number }
    let known =
      numbers.isEmpty
      ? "it has no IOMMU group" : "it has \(GroupNumbers.phrase(numbers))"
    throw ValidationError("no group '\(text)' on this host; \(known)")
  }

  /// A name is unique on its bus only, so there can be several.
  private static func devices(_ text: String, on audit: Audit) throws -> [HostPath] {
    let name = PCIAddress(text, shortForm: true).map(DeviceName.init) ?? DeviceName(text)
    let found = audit.host.devices.filter { $0.name == name }.map(\.path)
    guard found.isEmpty else { return found }
    let names = audit.host.devices.map(\.name.text)
    let near = Nearest.names(to: name.text, among: names, limit: 3)
    let known =
      near.isEmpty ? "it has no devices" : "the nearest are \(near.joined(separator: ", "))"
    throw ValidationError("no device '\(text)' on this host; \(known)")
  }
}

extension Audit {
  /// The part of the audit that concerns a selection, and what concerns the host as a whole.
  func restricted(to selection: Selection) -> Audit {
    let chosen = groups.filter { group in
      selection.groups.contains(group.group.number)
        || group.members.contains { selection.devices.contains($0.device.path) }
    }
    let numbers = Set(chosen.map(\.group.number))
    let names = Set(selection.devices.compactMap { host.device(at: $0)?.name })
    let concerned = findings.filter { finding in
      if let group = finding.group { return numbers.contains(group) }
      return finding.devices.isEmpty || finding.devices.contains { names.contains($0) }
    }
    return Audit(
      host: host, kernel: kernel, behavior: behavior, groups: chosen, findings: concerned)
  }
}
