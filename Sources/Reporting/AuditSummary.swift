import HostModel
package import OwnershipAnalysis

/// The last line of an audit, and its numbers.
package struct AuditSummary {
  private let audit: Audit

  package init(_ audit: Audit) {
    self.audit = audit
  }

  package func count(_ severity: Severity) -> Int {
    audit.findings.count { $0.severity == severity }
  }

  var text: String {
    let given = audit.groups.count(where: \.use.isForUserSpace)
    let refused = audit.groups.count { $0.use.isForUserSpace && !$0.viability.obstacles.isEmpty }
    let groups = audit.groups.isEmpty ? "no groups" : counted(audit.groups.count, "group")
    let use = given == 0 ? "" : ", \(given) given to user space, \(refused) of these not viable"
    return "\(groups)\(use); \(findings); \(kernel)\n"
  }

  private var findings: String {
    guard !audit.findings.isEmpty else { return "no findings" }
    return Severity.worstFirst.filter { count($0) > 0 }.map { $0.counted(count($0)) }
      .joined(separator: ", ")
  }

  /// Which kernel's rules were applied.
  private var kernel: String {
    guard let version = audit.kernel.version else { return "kernel unknown" }
    let origin = audit.kernel.source == .requested ? " as requested" : ""
    return "kernel \(version)\(origin) (\(AuditSummary.word(audit.kernel.regime)))"
  }

  /// Who refuses, and when.
  static func word(_ regime: KernelIdentity.Regime) -> String {
    switch regime {
    case .viabilityAtOpen: "viability at open"
    case .dmaOwnership: "DMA ownership"
    case .unknown: "regime unknown"
    }
  }
}

extension Severity {
  static let worstFirst: [Severity] = allCases.sorted(by: >)

  /// `1 error`, `2 new warnings`.
  func counted(_ count: Int, _ adjective: String = "") -> String {
    let plural =
      switch self {
      case .critical: "critical"
      case .error: "errors"
      case .warning: "warnings"
      case .info: "infos"
      }
    return "\(count) \(adjective)\(count == 1 ? rawValue : plural)"
  }
}

/// A number with its noun: `1 group`, `2 groups`.
func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) " + (count == 1 ? noun : plural ?? noun + "s")
}
