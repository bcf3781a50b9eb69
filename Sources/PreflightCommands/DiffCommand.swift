import ArgumentParser
import HostModel
import HostReader
import OwnershipAnalysis
import Reporting

/// `diff`: what changed between two captures, or between a capture and this host.
struct DiffCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what changed between two captures, or between a capture and this host.",
    discussion: """
      Devices are the same if they have the same ids in the same place, whatever their addresses \
      and group numbers are now. Exit status 0: nothing changed; 1: something did; 2: a finding \
      of severity error or worse is new; 3: cannot tell.
      """)

  @OptionGroup(title: "Output") var output: OutputOptions

  @Flag(
    name: .shortAndLong, help: "Show the evidence of informational findings too, and every line.")
  var verbose = false

  @Option(
    help: ArgumentHelp(
      "Judge both by the rules of this kernel instead of their own.", valueName: "version"),
    transform: KernelRulesOption.parse)
  var kernel: KernelRequest?

  @Argument(
    help: "A captured tree or a snapshot file; - is standard input.", completion: .file())
  var old: String

  @Argument(
    help: "A later capture of the same host; this host itself if left out.", completion: .file())
  var new: String?

  func validate() throws {
    if old == "-", new == "-" {
      throw ValidationError("standard input cannot be both the old and the new host")
    }
  }

  func answer(into output: Output) throws -> Conclusion {
    let comparison = HostComparison(
      old: try HostSource.sysroot(old).audit(needing: .comparison, by: kernel),
      new: try (new.map(HostSource.sysroot) ?? .live).audit(needing: .comparison, by: kernel))
    try output.write(DiffReport(comparison, detail: verbose ? .verbose : .normal))
    return Conclusion(of: comparison)
  }
}
