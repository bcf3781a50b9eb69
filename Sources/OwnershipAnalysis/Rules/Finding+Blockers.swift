import HostModel

extension Rule {
  /// Findings for groups that somebody gave to VFIO and that members' drivers keep from it.
  ///
  /// Four rules share the fact and differ in its explanation and remedy: which of them it is, the
  /// obstacle says. A group that nobody gave to VFIO is as it should be and has no finding.
  static func blockers(
    _ slug: RuleSlug, remedy: @escaping @Sendable ([Culprit]) -> String
  ) -> @Sendable (AuditContext) -> [Finding] {
    { context in
      context.groups.filter { !$0.vfioBound.isEmpty }.flatMap { group in
        group.viability.obstacles.filter { $0.rule == slug && !$0.culprits.isEmpty }
          .map { Finding(blocked: group, by: $0, remedy: remedy($0.culprits)) }
      }
    }
  }
}

extension Finding {
  fileprivate init(blocked group: GroupAssessment, by obstacle: Obstacle, remedy: String) {
    let blamed = Set(obstacle.culprits.map(\.device))
    let members = group.members.filter { blamed.contains($0.device.name) } + group.vfioBound
    self.init(
      rule: obstacle.rule, severity: .error, group: group.group.number,
      devices: obstacle.culprits.map(\.device),
      message: "group \(group.group.number) is not viable: "
        + Phrase.bindings(obstacle.culprits)
        + "; \(obstacle.refusal.call.rawValue) answers \(obstacle.refusal.errno)",
      evidence: members.map(\.driverEvidence), remedy: remedy, symptom: obstacle.symptom)
  }
}
