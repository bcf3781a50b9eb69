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

  @Flag(
    name: .shortAndLong, help: "Show the evidence of informational findings too, and every group.")
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
      throw ValidationError("--verbose shows one host in full; a fleet has one row for each host")
    }
  }

  func answer(into output: Output) throws -> Conclusion {
    guard !source.isFleet else { return try fleetAnswer(into: output) }
    let whole = try source.host.audit(
      needing: AuditReport.neededFacts(in: output.style.form), by: source.kernel)
    let audit = whole.restricted(to: try Selection(groups: group, devices: device, on: whole))
    try output.write(
      AuditReport(
        audit, detail: verbose ? .verbose : .normal, from: source.sysroot.first))
    return Conclusion(of: audit)
  }

  private func fleetAnswer(into output: Output) throws -> Conclusion {
    let captures = try source.captures()
    guard !captures.names.isEmpty else {
      throw Failure(
        "no captures in \(source.fleet ?? ""): no *\(CaptureDirectory.ending) file, "
          + "no directory with sys")
    }
    if let note = captures.skippedNote { output.note(note) }
    return try FleetAudit(captures, by: source.kernel, style: output.style).run(into: output)
  }
}
