import HostModel
package import OwnershipAnalysis

/// A comparison for programs: the document `vfio-preflight/diff/1`.
package struct DiffJSON {
  private let comparison: HostComparison

  package init(_ comparison: HostComparison) {
    self.comparison = comparison
  }

  package var value: JSONValue {
    [
      "schema": "vfio-preflight/diff/1",
      "old": host(comparison.old),
      "new": host(comparison.new),
      "kernel_changed": .bool(comparison.changesKernel),
      "devices": .array(comparison.devices.map(device)),
      "groups": .array(comparison.groups.map(group)),
      "settings": .array(
        comparison.settings.map {
          [
            "setting": .string($0.setting.rawValue), "old": .string($0.old),
            "new": .string($0.new),
          ]
        }),
      "findings": .array(comparison.findings.map(finding)),
      "problems": .array(comparison.problems.map(problem)),
      "not_in_capture": .array(
        comparison.notAsked.map {
          ["side": .string($0.side.rawValue), "path": .string($0.fact.description)]
        }),
      "unknown": .array(comparison.unknowns.map(unknown)),
      "same": .bool(comparison.isSame),
      "exit_status": .exitStatus(Conclusion(of: comparison)),
    ]
  }

  private func host(_ audit: Audit) -> JSONValue {
    [
      "kernel": KernelJSON.value(audit.kernel),
      "devices": .integer(audit.host.devices.count),
      "groups": .integer(audit.groups.count),
    ]
  }

  private func device(_ comparison: DeviceComparison) -> JSONValue {
    [
      "change": .string(comparison.change.rawValue),
      "driver_changed": .bool(comparison.changesDriver),
      "override_changed": .bool(comparison.changesOverride),
      "identical": .integer(comparison.identicalDevices),
      "at_old_address": JSONValue(comparison.deviceAtOldAddress?.path.description),
      "old": comparison.old.map(side) ?? .null,
      "new": comparison.new.map(side) ?? .null,
    ]
  }

  private func side(_ device: Device) -> JSONValue {
    [
      "device": .string(device.name.text),
      "bus": .string(device.bus.text),
      "path": .string(device.path.description),
      "id": JSONValue(device.identity.value?.idText),
      "driver": JSONValue(device.driver.value?.text),
      "override": JSONValue(device.driverOverride.value?.driver?.text),
      "group": JSONValue((device.group.value?.value).map(Int.init)),
    ]
  }

  private func group(_ comparison: GroupComparison) -> JSONValue {
    [
      "change": .string(comparison.old == nil ? "new" : comparison.new == nil ? "gone" : "kept"),
      "differs": .array(comparison.aspects.map { .string($0.rawValue) }),
      "due_to_kernel": .bool(comparison.isDueToKernel),
      "gained": .array(comparison.gained.map { transfer($0, "from") }),
      "lost": .array(comparison.lost.map { transfer($0, "to") }),
      "old": comparison.old.map(side) ?? .null,
      "new": comparison.new.map(side) ?? .null,
    ]
  }

  private func transfer(_ transfer: GroupComparison.Transfer, _ direction: String) -> JSONValue {
    .members([
      ("device", .string(transfer.device.name.text)),
      (direction, JSONValue((transfer.group?.value).map(Int.init))),
    ])
  }

  private func side(_ group: GroupAssessment) -> JSONValue {
    [
      "group": .integer(Int(group.group.number.value)),
      "type": JSONValue(group.group.type.value?.word),
      "use": .string(group.use.rawValue),
      "viability": .string(group.viability.word),
      "claim": .string(group.claim.state.rawValue),
      "refusals": .array(
        group.refusals.map {
          ["call": .string($0.call.rawValue), "errno": .string($0.errno.name)]
        }),
      "members": .array(group.members.map { .string($0.device.name.text) }),
    ]
  }

  private func finding(_ comparison: FindingComparison) -> JSONValue {
    [
      "change": .string(
        comparison.old == nil ? "new" : comparison.new == nil ? "gone" : "regraded"),
      "due_to_kernel": .bool(comparison.isDueToKernel),
      "old": comparison.old.map(FindingJSON.value) ?? .null,
      "new": comparison.new.map(FindingJSON.value) ?? .null,
    ]
  }

  private func problem(_ comparison: ProblemComparison) -> JSONValue {
    [
      "side": .string(comparison.side.rawValue),
      "path": .string(comparison.problem.path.description),
      "failure": .string(comparison.problem.failure.description),
    ]
  }

  private func unknown(_ unknown: HostComparison.Unknown) -> JSONValue {
    let (what, side, group, path): (String, ProblemComparison.Side?, GroupNumber?, HostPath?) =
      switch unknown {
      case .blank(let side): ("host", side, nil, nil)
      case .groups: ("groups", nil, nil, "sys/kernel/iommu_groups")
      case .problem(let problem, let side): ("problem", side, nil, problem.path)
      case .fact(let fact, let side): ("fact", side, nil, fact)
      case .viability(let number, let side): ("viability", side, number, nil)
      case .claim(let number, let side): ("claim", side, number, nil)
      case .rule(_, let side): ("rule", side, nil, nil)
      }
    let rule: RuleSlug? = if case .rule(let rule, _) = unknown { rule } else { nil }
    return [
      "what": .string(what), "side": JSONValue(side?.rawValue),
      "group": JSONValue((group?.value).map(Int.init)), "path": JSONValue(path?.description),
      "rule": JSONValue(rule?.text),
    ]
  }
}
