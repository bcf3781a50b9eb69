import HostModel
package import OwnershipAnalysis

/// An audit for programs: the document `vfio-preflight/audit/1`.
package struct AuditJSON {
  private let audit: Audit

  /// What the document shows beyond the judgement.
  static let neededFacts = NeededFacts(
    groupTypes: true, numaNodes: true, shownHostUse: true)

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
      "undetermined": .array(audit.questions.map(AuditJSON.question)),
      "not_in_capture": .array(audit.host.notAsked.map { .string($0.description) }),
      "problems": .array(audit.host.problems.map(AuditJSON.problem)),
      "summary": AuditJSON.summary(of: audit),
    ]
  }

  static func summary(of audit: Audit) -> JSONValue {
    let severities = Severity.allCases.map {
      ($0.rawValue, JSONValue.integer(AuditSummary(audit).count($0)))
    }
    let uses = GroupAssignment.allCases.map { use in
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

  private static func question(_ question: OpenQuestion) -> JSONValue {
    [
      "rule": .string(question.rule.text),
      "severity": .string(question.severity.rawValue),
      "group": JSONValue((question.group?.value).map(Int.init)),
      "devices": .array(question.devices.map { .string($0.text) }),
      "reason": .string(question.doubt.text),
      "code": .string(question.doubt.code),
    ]
  }

  private static func problem(_ problem: ReadProblem) -> JSONValue {
    [
      "path": .string(problem.path.description),
      "failure": .string(problem.failure.description),
    ]
  }
}

/// What the audit document says about the host itself.
enum HostJSON {
  static func value(_ host: ObservedHost) -> JSONValue {
    [
      "iommus": .array(
        host.iommus.map {
          ["name": .string($0.name.text), "vendor": JSONValue($0.vendor.map(word))]
        }),
      "firmware_tables": JSONValue(host.firmware.iommuTables) { tables in
        .array(tables.map(\.rawValue).sorted().map(JSONValue.string))
      },
      "interrupt_remapping": JSONValue(host.interrupts) { .string($0.remapping.word) },
      "devices": .integer(host.devices.count),
      "devices_without_group": .array(
        host.devices.filter(\.group.isAbsent).map { .string($0.name.text) }),
      "vfio": vfio(host.vfio),
    ]
  }

  private static func vfio(_ vfio: VFIOFacilities) -> JSONValue {
    [
      "group_nodes": JSONValue(vfio.groupNodes) { .array($0.map { .string($0.name) }) },
      "has_iommufd": JSONValue(vfio.hasIOMMUFD) { .bool($0) },
      "enable_unsafe_noiommu_mode": JSONValue(vfio.noIOMMUMode) { .bool($0) },
      "allow_unsafe_interrupts": JSONValue(vfio.unsafeInterrupts) { .bool($0) },
      "iommufd_allow_unsafe_interrupts": JSONValue(vfio.iommufdUnsafeInterrupts) { .bool($0) },
      "disable_denylist": JSONValue(vfio.denylistDisabled) { .bool($0) },
      "enable_sriov": JSONValue(vfio.sriovEnabled) { .bool($0) },
      "open_files": .string(word(vfio.openFiles.coverage)),
    ]
  }

  private static func word(_ vendor: IOMMUInstance.Vendor) -> String {
    switch vendor {
    case .intel: "intel"
    case .amd: "amd"
    case .other: "other"
    }
  }

  /// How far the search for open VFIO files went.
  private static func word(_ coverage: OpenFileScan.Coverage) -> String {
    switch coverage {
    case .complete: "complete"
    case .partial: "partial"
    case .notNeeded: "not-needed"
    case .unread: "unread"
    }
  }
}
