import ArgumentParser
import HostModel
import OwnershipAnalysis
import Reporting

/// `audit`: which groups are viable, which are not and because of whom, what else is wrong.
struct AuditCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Judge every IOMMU group of a host and name who is to blame.")

  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Flag(name: .shortAndLong, help: "Show the evidence of informations too, and every group.")
  var verbose = false

  @Option(help: ArgumentHelp("Judge this group only; repeatable.", valueName: "number"))
  var group: [String] = []

  @Option(help: ArgumentHelp("Judge this device's group only; repeatable.", valueName: "device"))
  var device: [String] = []

  func outcome() throws -> Outcome {
    let whole = try source.audit()
    let selection = try Selection(groups: group, devices: device, on: whole)
    let audit = selection.isEverything ? whole : whole.restricted(to: selection)
    return Outcome(text(of: audit), ExitStatus(of: audit))
  }

  private func text(of audit: Audit) -> String {
    if output.quiet { return "" }
    if output.json { return JSONText(AuditJSON(audit).value).text }
    return AuditText(audit, detail: verbose ? .verbose : .normal, palette: output.palette).text
  }
}
