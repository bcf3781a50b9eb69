import ArgumentParser
import HostModel
import HostReader
import OwnershipAnalysis
import Reporting

/// `candidates`: which devices could be given to user space, with which others, and what the host
/// loses.
struct CandidatesCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "candidates",
    abstract: "List what could be passed through, and what the host would lose.",
    discussion: """
      A row for each device that is not on a VFIO driver: whether it can go alone, with others of \
      its group, or not at all. Exit status 0: one can go and the host loses nothing; 1: none can; \
      2: the host has no groups; 3: cannot tell.
      """)

  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Flag(help: "Show also devices that are seldom passed through.")
  var all = false

  func answer(into output: Output) throws -> Conclusion {
    var facts = NeededFacts.judgement
    facts.hostUse = true
    let audit = try source.audit(needing: facts)
    let candidates = Candidate.all(of: audit, isComplete: all)
    try output.write(
      CandidateReport(candidates, of: audit, from: source.host.sysroot))
    return Conclusion(of: candidates, on: audit)
  }
}
