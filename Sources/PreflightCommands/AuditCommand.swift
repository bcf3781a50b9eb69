import ArgumentParser
import HostModel
import HostReader
import OwnershipAnalysis
import Reporting

/// `audit`: which groups are viable, which are not and because of whom, what else is wrong; of one
/// host, or a row for each of many.
struct AuditCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Judge every IOMMU group of a host and name who is to blame.")

  @OptionGroup(title: "Source") var source: AuditSourceOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Flag(name: .shortAndLong, help: "Show the evidence of informations too, and every group.")
  var verbose = false

  @Option(help: ArgumentHelp("Judge this group only; repeatable.", valueName: "number"))
  var group: [String] = []

  @Option(help: ArgumentHelp("Judge this device's group only; repeatable.", valueName: "device"))
  var device: [String] = []

  func validate() throws {
    guard source.isFleet else { return }
    guard group.isEmpty, device.isEmpty else {
      throw ValidationError("--group and --device select within one host, not in a fleet")
    }
    guard !verbose else {
      throw ValidationError("--verbose shows one host whole; a fleet has one row for each")
    }
  }

  func outcome() throws -> Outcome {
    guard !source.isFleet else { return Outcome("", try fleetStatus()) }
    let whole = try source.host.audit(by: source.kernel)
    let selection = try Selection(groups: group, devices: device, on: whole)
    let audit = selection.isEverything ? whole : whole.restricted(to: selection)
    return Outcome(text(of: audit), ExitStatus(of: audit))
  }

  /// Audits the fleet; its rows are written as they come.
  private func fleetStatus() throws -> ExitStatus {
    let captures = try source.captures()
    guard !captures.names.isEmpty else {
      throw Failure(
        "no captures in \(source.fleet ?? ""): no *\(CaptureDirectory.ending) file, "
          + "no directory with sys")
    }
    if !output.quiet, let note = captures.skippedNote { StandardOutput.complain(note) }
    return try FleetAudit(captures, by: source.kernel, format: format(of: captures)).run()
  }

  private func format(of captures: FleetCaptures) -> FleetFormat {
    if output.quiet { return .quiet }
    if output.json { return .json }
    return .text(FleetText(names: captures.names, palette: output.palette))
  }

  private func text(of audit: Audit) -> String {
    if output.quiet { return "" }
    if output.json { return JSONText(AuditJSON(audit).value).text }
    return AuditText(audit, detail: verbose ? .verbose : .normal, palette: output.palette).text
  }
}
