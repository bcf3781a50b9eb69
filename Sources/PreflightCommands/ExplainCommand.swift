import ArgumentParser
import OwnershipAnalysis
import Reporting

/// `explain`: a rule's page, or the list of all rules.
struct ExplainCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a rule: meaning, evidence by hand, remedy.")

  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(help: "Write text, or all rules as a man page.")
  var format = Format.text

  @Argument(help: "A rule's name, as a finding shows it; without it, all rules are listed.")
  var rule: String?

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, man
  }

  func validate() throws {
    guard format == .man, rule != nil || output.json else { return }
    throw ValidationError("--format man writes all rules; it takes no rule and no --json")
  }

  func outcome() throws -> Outcome {
    let chosen = try rule.map { [try ExplainCommand.rule(named: $0)] } ?? RuleCatalogue.all
    return Outcome(output.quiet ? "" : text(of: chosen))
  }

  private func text(of rules: [Rule]) -> String {
    if format == .man { return RulePageManual(rules).text }
    if output.json { return JSONText(RulePageJSON.value(rules)).text }
    guard rule != nil else { return RulePageText.index(of: rules) }
    return rules.map { RulePageText.page(of: $0, palette: output.palette) }.joined()
  }

  private static func rule(named name: String) throws -> Rule {
    if let rule = RuleCatalogue.all.first(where: { $0.slug.text == name }) { return rule }
    let near = Nearest.names(to: name, among: RuleCatalogue.all.map(\.slug.text), limit: 3)
    throw ValidationError("no rule '\(name)'; the nearest are \(near.joined(separator: ", "))")
  }
}
