import ArgumentParser
import HostModel
import HostReader
import OwnershipAnalysis
import Reporting

/// `check`: would these devices bind and open? The exit status is the answer.
struct CheckCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Ask before binding: would these devices bind to a driver and open?",
    discussion: """
      Predicts what a provisioning script does: driver_override, unbind and bind for each device, \
      then one open of all of them; and says what the host loses with them. Exit status 0: every step \
      is accepted and the host loses nothing; 1: it loses what it can do without; 2: a step is \
      refused, blocks or crashes, or the host would be lost; 3: cannot tell.
      """)

  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Assumptions") var assumptions: AssumptionOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "The driver to bind; with one that is not a VFIO driver, check the way back to the host. "
        + "(default: the VFIO driver of the device's bus)"))
  var driver: String?

  @Option(help: "How user space opens the devices.")
  var backend = DeviceCheck.Backend.group

  @Option(
    help: ArgumentHelp(
      "Accept that the host loses this, as \(LossKind.rootDisk.word); several with commas.",
      valueName: "kinds"),
    completion: .list(LossKind.allCases.map(\.word)), transform: LossKinds.init)
  var allowLoss: [LossKinds] = []

  @Argument(help: "Devices: 0000:01:00.0, 01:00.0, or another bus' name.")
  var device: [String]

  func validate() throws {
    if let driver, !HostPath.isComponent(driver) {
      throw ValidationError("not the name of a driver: '\(driver)'")
    }
  }

  func answer(into output: Output) throws -> Conclusion {
    let audit = try source.audit(needing: .cost)
    let devices = try device.flatMap { name in
      try Selection(groups: [], devices: [name], on: audit).devices.sorted()
        .compactMap(audit.host.device)
    }
    let state = KernelState(audit: audit, assumptions: try assumptions.owners(on: audit))
    let checks = CostOfChecks(
      DeviceCheck.all(
        of: devices, driver: driver.map { DriverName(PrintableText.unescape(name: $0)) },
        backend: backend, in: state),
      allowing: Set(allowLoss.flatMap(\.kinds)), in: audit.use)
    try output.write(CheckReport(checks, kernel: audit.kernel))
    return checks.conclusion
  }
}

/// The value of `--allow-loss`: kinds with commas between them.
struct LossKinds {
  let kinds: [LossKind]

  init(_ text: String) throws {
    kinds = try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
      guard let kind = LossKind(rawValue: String(word)) else {
        let known = LossKind.allCases.map(\.word).joined(separator: ",")
        throw ValidationError("no kind of loss '\(word)'; known: \(known)")
      }
      return kind
    }
  }
}

extension DeviceCheck.Backend: ExpressibleByArgument {}
