import ArgumentParser
import HostModel
import OwnershipAnalysis
import Reporting

extension Selection {
  /// Looks up what the command line names.
  ///
  /// - Throws: a usage error that names the first group or device that the host does not have.
  init(groups: [String], devices: [String], on audit: Audit) throws {
    self.init(
      groups: try Set(groups.map { try Selection.group($0, on: audit) }),
      devices: try Set(devices.flatMap { try Selection.devices($0, on: audit) }))
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
    let name = DeviceName(spelling: text)
    let found = audit.host.devices(named: name).map(\.path)
    guard found.isEmpty else { return found }
    let names = audit.host.devices.map(\.name.text)
    let known = Nearest.hint(to: name.text, among: names) ?? "it has no devices"
    throw ValidationError("no device '\(text)' on this host; \(known)")
  }
}

/// What the caller knows about ownership and the host does not show.
struct AssumptionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Assume that user space owns the group.", valueName: "group"))
  var assumeClaimed: [String] = []

  @Option(help: ArgumentHelp("Assume that user space does not own the group.", valueName: "group"))
  var assumeUnclaimed: [String] = []

  func owners(on audit: Audit) throws -> [GroupNumber: Ownership] {
    let claimed = try Selection(groups: assumeClaimed, devices: [], on: audit).groups
    let unclaimed = try Selection(groups: assumeUnclaimed, devices: [], on: audit).groups
    if let both = claimed.intersection(unclaimed).min() {
      throw ValidationError("group \(both) cannot be assumed both claimed and unclaimed")
    }
    var owners: [GroupNumber: Ownership] = [:]
    for group in claimed { owners[group] = .somebody }
    for group in unclaimed { owners[group] = .unclaimed }
    return owners
  }
}
