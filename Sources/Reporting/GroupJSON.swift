import HostModel
import OwnershipAnalysis

/// A group and its members in the audit document.
enum GroupJSON {
  static func value(_ assessment: GroupAssessment) -> JSONValue {
    let group = assessment.group
    return [
      "group": .integer(Int(group.number.value)),
      "type": JSONValue(group.type.value?.word),
      "name": JSONValue(group.name.value),
      "reserved_regions": JSONValue(group.reservedRegions) { .array($0.map(region)) },
      "members": .array(assessment.members.map(member)),
      "use": .string(assessment.use.rawValue),
      "viability": .string(assessment.viability.word),
      "obstacles": .array(assessment.viability.obstacles.map(obstacle)),
      "undetermined": .array(assessment.viability.doubts.map { .string($0.text) }),
      "undetermined_codes": .array(assessment.viability.doubts.map { .string($0.code) }),
      "depends_on": .array(assessment.dependsOn.map { .string($0.text) }),
      "depends_on_codes": .array(assessment.dependsOn.map { .string($0.code) }),
      "claim": claim(assessment.claim),
    ]
  }

  private static func claim(_ claim: ClaimAssessment) -> JSONValue {
    [
      "state": .string(claim.state.rawValue),
      "certainty": .string(claim.certainty.rawValue),
      "evidence": .array(claim.evidence.map(FindingJSON.evidence)),
      "holders": .array(claim.holders.map(JSONValue.string)),
    ]
  }

  private static func obstacle(_ obstacle: Obstacle) -> JSONValue {
    [
      "reason": .string(obstacle.reason.rawValue),
      "call": .string(obstacle.refusal.call.rawValue),
      "errno": .string(obstacle.refusal.errno.name),
      "rule": .string(obstacle.rule.text),
      "symptom": .string(obstacle.symptom),
      "culprits": .array(
        obstacle.culprits.map {
          ["device": .string($0.device.text), "driver": JSONValue($0.driver?.text)]
        }),
    ]
  }

  private static func region(_ region: ReservedRegion) -> JSONValue {
    [
      "start": .unsigned(region.start), "end": .unsigned(region.end),
      "kind": .string(region.kind.word),
    ]
  }

  private static func member(_ member: MemberAssessment) -> JSONValue {
    let device = member.device
    return [
      "device": .string(device.name.text),
      "bus": .string(device.bus.text),
      "path": .string(device.path.description),
      "driver": JSONValue(device.driver.value?.text),
      "override": JSONValue(device.driverOverride.value?.driver?.text),
      "policy": .string(member.policy.word),
      "counts_for_kernel": .bool(member.countsForKernel),
      "class": JSONValue(device.identity.value?.deviceClass.text),
      "id": JSONValue(device.identity.value?.idText),
      "role": JSONValue(DeviceRole(device)?.rawValue),
      "iommu": JSONValue(device.iommu.value?.text),
      "numa": JSONValue(device.numaNode) { .integer($0) },
      "vfio": JSONValue(device.vfioDevices) { .array($0.map { .string($0.name.text) }) },
    ]
  }
}
