import HostModel

extension Rule {
  /// Findings for groups that were given to VFIO and that members' drivers keep from it.
  ///
  /// Four rules share the fact and differ in its explanation and remedy: which of them it is, the
  /// obstacle says. A group that was not given to VFIO is as it should be and has no finding.
  static func blockers(
    _ slug: RuleSlug, remedy: @escaping @Sendable ([MemberAssessment], AuditContext) -> String
  ) -> @Sendable (AuditContext) -> [Finding] {
    { context in
      context.groups.filter { !$0.vfioBound.isEmpty }.flatMap { group in
        group.viability.obstacles.filter { $0.rule == slug && !$0.culprits.isEmpty }
          .map { obstacle in
            let culprits = Set(obstacle.culprits)
            let blamed = group.members.filter { culprits.contains($0.culprit) }
            return Finding(
              blocked: group, by: obstacle, blamed: blamed, remedy: remedy(blamed, context))
          }
      }
    }
  }
}

extension Finding {
  fileprivate init(
    blocked group: GroupAssessment, by obstacle: Obstacle, blamed: [MemberAssessment],
    remedy: String
  ) {
    self.init(
      rule: obstacle.rule, severity: .error, group: group.group.number,
      devices: obstacle.culprits.map(\.device),
      message: "group \(group.group.number) is not viable: "
        + Phrase.bindings(obstacle.culprits)
        + "; \(obstacle.refusal.call.rawValue) answers \(obstacle.refusal.errno)",
      evidence: (blamed + group.vfioBound).map(\.driverEvidence), remedy: remedy,
      symptom: obstacle.symptom)
  }
}
