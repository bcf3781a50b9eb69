import HostModel
import OwnershipAnalysis

/// One capture of a fleet for programs: the document `vfio-preflight/fleet/1`.
///
/// It holds numbers and the names of rules, not the groups and findings themselves: those of one
/// hostile capture could fill the memory while they wait for their turn, and `audit --json` of the
/// one capture has them.
enum FleetJSON {
  static func value(_ row: FleetRow) -> JSONValue {
    [
      "schema": "vfio-preflight/fleet/1",
      "source": .string(row.source),
      "verdict": .string(row.conclusion.word),
      "exit_status": .exitStatus(row.conclusion),
      "error": JSONValue(row.failure),
      "reason": JSONValue(row.reason),
      "kernel": row.audit.map(kernel) ?? .null,
      "given": row.audit.map { given(GroupTally($0)) } ?? .null,
      "rules": .array(row.audit.map(rules) ?? []),
      "summary": row.audit.map(AuditJSON.summary(of:)) ?? .null,
    ]
  }

  private static func kernel(_ audit: Audit) -> JSONValue {
    [
      "release": JSONValue(audit.kernel.release),
      "version": JSONValue(audit.kernel.version?.description),
      "regime": .string(audit.kernel.regime.rawValue),
    ]
  }

  /// The groups that were given to user space.
  private static func given(_ groups: GroupTally) -> JSONValue {
    [
      "viable": .integer(groups.viable), "not_viable": .integer(groups.notViable),
      "undetermined": .integer(groups.undetermined),
    ]
  }

  /// Each rule that found something, the worst first.
  private static func rules(_ audit: Audit) -> [JSONValue] {
    var order: [RuleCount] = []
    for finding in audit.findings {
      let known = order.firstIndex { $0.rule == finding.rule && $0.severity == finding.severity }
      if let known {
        order[known].count += 1
      } else {
        order.append(RuleCount(rule: finding.rule, severity: finding.severity, count: 1))
      }
    }
    return order.map { entry in
      [
        "rule": .string(entry.rule.text), "severity": .string(entry.severity.rawValue),
        "findings": .integer(entry.count),
      ]
    }
  }

  private struct RuleCount {
    let rule: RuleSlug
    let severity: Severity
    var count: Int
  }
}
