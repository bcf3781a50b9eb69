import ArgumentParser
import HostModel
import HostReader
import OwnershipAnalysis
import Reporting

/// `explain`: a rule's page, the list of all rules, or the rules that a message leads to.
struct ExplainCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a rule: meaning, evidence by hand, remedy; or find the rule of a message.")

  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(help: "Write text, or all rules as a man page.")
  var format = Format.text

  @Option(
    defaultAsFlag: ExplainCommand.standardInput,
    help: ArgumentHelp(
      "Find the rules of this message instead; - or nothing is standard input.",
      valueName: "text"))
  var message: String?

  @Argument(help: "A rule's name, as a finding shows it; without it, all rules are listed.")
  var rule: String?

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, man
  }

  private static let standardInput = "-"

  func validate() throws {
    if message != nil {
      guard rule == nil, format != .man else {
        throw ValidationError("--message finds rules; it takes no rule and no --format man")
      }
      guard message != ExplainCommand.standardInput || !source.capture.isStandardInput else {
        throw ValidationError("standard input cannot be both the source and the message")
      }
    } else if source.capture.sysroot != nil || source.kernel != nil {
      throw ValidationError("--sysroot and --kernel go with --message only")
    }
    guard format == .man, rule != nil || output.json else { return }
    throw ValidationError("--format man writes all rules; it takes no rule and no --json")
  }

  func outcome() throws -> Outcome {
    if let message { return try outcome(of: MessageSearch(ExplainCommand.text(of: message))) }
    let chosen = try rule.map { [try ExplainCommand.rule(named: $0)] } ?? RuleCatalogue.all
    return Outcome(output.quiet ? "" : text(of: chosen))
  }

  private static func text(of message: String) throws -> String {
    guard message == standardInput else { return message }
    return try TextInput.lines(of: message).joined(separator: "\n")
  }

  private func outcome(of search: MessageSearch) throws -> Outcome {
    let groups = try mentionedGroups(in: search)
    let status = ExitStatus(of: search)
    if output.quiet { return Outcome("", status) }
    let text =
      output.json
      ? JSONText(MessageJSON.value(of: search, on: groups)).text
      : MessageText.text(of: search, on: groups, palette: output.palette)
    return Outcome(text, status)
  }

  /// The message may be of another machine: a live host that cannot be read says nothing.
  private func mentionedGroups(in search: MessageSearch) throws -> [MentionedGroup] {
    guard search.namesPlaces else { return [] }
    do {
      return search.mentionedGroups(on: try source.audit())
    } catch let failure as Failure {
      guard source.capture.sysroot == nil else { throw failure }
      return []
    }
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
