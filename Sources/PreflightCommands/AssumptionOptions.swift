import ArgumentParser
import HostModel
import OwnershipAnalysis

/// What the caller knows about ownership where the host does not show it.
struct AssumptionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Take the group as owned by user space.", valueName: "group"))
  var assumeClaimed: [String] = []

  @Option(help: ArgumentHelp("Take the group as not owned by user space.", valueName: "group"))
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
