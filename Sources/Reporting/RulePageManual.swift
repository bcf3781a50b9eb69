package import OwnershipAnalysis

/// The rules as the man page `vfio-preflight-rules(7)`, in mdoc.
package struct RulePageManual {
  private let rules: [Rule]

  /// The day of the texts' last change; a constant, so that the same texts give the same page.
  private static let date = "November 21, 2026"

  package init(_ rules: [Rule]) {
    self.rules = rules
  }

  package var text: String {
    """
    .\\" Written by "vfio-preflight explain --format man" from the texts of the rules.
    .Dd \(RulePageManual.date)
    .Dt VFIO-PREFLIGHT-RULES 7
    .Os
    .Sh NAME
    .Nm vfio-preflight-rules
    .Nd what vfio-preflight finds on a host, and what to do about it
    .Sh DESCRIPTION
    Every finding of
    .Xr vfio-preflight 8
    names the rule that made it.
    A rule's name is stable once released.
    Its page here is what
    .Cm vfio-preflight explain
    prints.
    .Sh RULES

    """ + rules.map(RulePageManual.subsection).joined() + """
      .Sh SEE ALSO
      .Xr vfio-preflight-json 5 ,
      .Xr vfio-preflight 8

      """
  }

  private static func subsection(_ rule: Rule) -> String {
    let page = rule.page
    var text = ".Ss \(ManualText.argument(rule.slug.text))\n"
    text += ManualText.running("\(ManualText.sentence(rule.title)).")
    text += "Severity: \(rule.severity.rawValue).\n.Pp\n"
    text += ManualText.running(page.meaning)
    text += part("By hand", literal: page.evidence)
    text += part("Remedy", running: page.remedy)
    text += part("Kernels", running: page.kernels)
    text += part("Messages", literal: page.messages.map { "\($0.printedBy): \($0.text)" })
    text += part("Source", running: page.source)
    return text
  }

  private static func part(_ title: String, running text: String) -> String {
    ".Pp\n.Em \(ManualText.argument(title)) :\n" + ManualText.running(text)
  }

  private static func part(_ title: String, literal lines: [String]) -> String {
    guard !lines.isEmpty else { return "" }
    return ".Pp\n.Em \(ManualText.argument(title)) :\n.Bd -literal -offset indent -compact\n"
      + lines.map { ManualText.literal($0) + "\n" }.joined() + ".Ed\n"
  }
}
