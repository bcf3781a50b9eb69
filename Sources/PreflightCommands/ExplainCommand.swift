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
      "Find the rules that this message leads to; - or no text is standard input.",
      valueName: "text"))
  var message: String?

  @Argument(help: "A rule's name, as findings show it; without it, all rules are listed.")
  var rule: String?

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, man
  }

  private static let standardInput = "-"

  func validate() throws {
    if message != nil {
      guard rule == nil, format != .man else {
        throw ValidationError("--message finds rules; it does not take a rule or --format man")
      }
      guard message != ExplainCommand.standardInput || !source.host.isStandardInput else {
        throw ValidationError("standard input cannot be both the source and the message")
      }
    } else if source.host.sysroot != nil || source.kernel != nil {
      throw ValidationError("--sysroot and --kernel go with --message only")
    }
    guard format == .man, rule != nil || output.json else { return }
    throw ValidationError("--format man writes all rules; it does not take a rule or --json")
  }

  func answer(into output: Output) throws -> Conclusion {
    if let message {
      let search = MessageSearch(try ExplainCommand.text(of: message))
      try output.write(MessageReport(search, try answer(to: search)))
      return Conclusion(of: search)
    }
    let rules = try rule.map { [try ExplainCommand.rule(named: $0)] } ?? RuleCatalogue.all
    try output.write(
      RuleReport(rules, as: format == .man ? .manual : rule == nil ? .index : .pages))
    return .fine
  }

  private static func text(of message: String) throws -> String {
    guard message == standardInput else { return message }
    return try TextInput.lines(of: message).joined(separator: "\n")
  }

  /// The message may be of another machine: a live host that cannot be read says nothing.
  private func answer(to search: MessageSearch) throws -> MessageAnswer {
    let isItsHost = source.host.sysroot != nil
    guard !search.matches.isEmpty || search.namesPlaces else {
      return MessageAnswer(withoutHost: search)
    }
    do {
      let audit = try source.audit(needing: .judgement)
      return MessageAnswer(search, on: audit, isItsHost: isItsHost)
    } catch let failure as Failure {
      guard !isItsHost else { throw failure }
      return MessageAnswer(withoutHost: search)
    }
  }

  private static func rule(named name: String) throws -> Rule {
    if let rule = RuleCatalogue.all.first(where: { $0.slug.text == name }) { return rule }
    let near = Nearest.hint(to: name, among: RuleSlug.allCases.map(\.text))
    throw ValidationError("no rule '\(name)'; \(near ?? "")")
  }
}
