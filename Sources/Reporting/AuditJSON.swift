import HostModel
package import OwnershipAnalysis

/// An audit for programs: the document `vfio-preflight/audit/1`.
package struct AuditJSON {
  private let audit: Audit

  package init(_ audit: Audit) {
    self.audit = audit
  }

  package var value: JSONValue {
    [
      "schema": "vfio-preflight/audit/1",
      "kernel": KernelJSON.value(audit.kernel),
      "host": HostJSON.value(audit.host),
      "groups": .array(audit.groups.map(GroupJSON.value)),
      "findings": .array(audit.findings.map(FindingJSON.value)),
      "problems": .array(audit.host.problems.map(AuditJSON.problem)),
      "summary": AuditJSON.summary(of: audit),
    ]
  }

  static func summary(of audit: Audit) -> JSONValue {
    let severities = Severity.allCases.map {
      ($0.rawValue, JSONValue.integer(AuditSummary(audit).count($0)))
    }
    let uses = GroupUse.allCases.map { use in
      (use.rawValue, JSONValue.integer(audit.groups.count { $0.use == use }))
    }
    let viabilities = ["viable", "not-viable", "undetermined"].map { word in
      (
        word == "not-viable" ? "not_viable" : word,
        JSONValue.integer(audit.groups.count { $0.viability.word == word })
      )
    }
    return [
      "groups": .integer(audit.groups.count),
      "groups_by_use": .members(uses),
      "groups_by_viability": .members(viabilities),
      "findings": .members(severities),
      "problems": .integer(audit.host.problems.count),
      "exit_status": .exitStatus(Conclusion(of: audit)),
    ]
  }

  private static func problem(_ problem: ReadProblem) -> JSONValue {
    [
      "path": .string(problem.path.description),
      "failure": .string(problem.failure.description),
    ]
  }
}
