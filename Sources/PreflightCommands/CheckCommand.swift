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
      then one open of all of them. Exit status 0: every step is accepted; 2: one is refused, \
      blocks or crashes; 3: cannot tell.
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

  @Argument(help: "Devices: 0000:01:00.0, 01:00.0, or another bus' name.")
  var device: [String]

  func validate() throws {
    if let driver, !HostPath.isComponent(driver) {
      throw ValidationError("not the name of a driver: '\(driver)'")
    }
  }

  func answer(into output: Output) throws -> Conclusion {
    let audit = try source.audit(needing: .prediction)
    let devices = try device.flatMap { name in
      try Selection(groups: [], devices: [name], on: audit).devices.sorted()
        .compactMap(audit.host.device)
    }
    let state = KernelState(audit: audit, assumptions: try assumptions.owners(on: audit))
    let answers = DeviceCheck.all(
      of: devices, driver: driver.map { DriverName(PrintableText.unescape(name: $0)) },
      backend: backend, in: state)
    try output.write(CheckReport(answers, kernel: audit.kernel))
    return Conclusion(of: answers.map(\.verdict))
  }
}

extension DeviceCheck.Backend: ExpressibleByArgument {}
