import ArgumentParser
import HostModel
import HostReader
import OwnershipAnalysis
import Reporting

/// `predict`: operations in order on a model of the kernel, and its answer to each.
struct PredictCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Tell what the kernel answers to binds, unbinds and opens.",
    discussion: """
      An operation is one argument, or one line of a file: bind DEVICE DRIVER, unbind DEVICE, \
      override DEVICE DRIVER|-, probe DEVICE, new-id DRIVER VENDOR:DEVICE, remove-id DRIVER \
      VENDOR:DEVICE, open DEVICE... [as NAME], open-node GROUP [as NAME], open-cdev DEVICE... [as \
      NAME], close NAME, numvfs DEVICE N, group-type GROUP TYPE, modprobe MODULE, rmmod MODULE.
      """)

  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Assumptions") var assumptions: AssumptionOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Read operations from a file; - is standard input.", valueName: "file"),
    completion: .file())
  var file: String?

  @Argument(help: "Operations, each one argument.")
  var operation: [String] = []

  func validate() throws {
    guard file != nil || !operation.isEmpty else {
      throw ValidationError("no operation; give one like 'bind 0000:01:00.0 vfio-pci', or -f FILE")
    }
    if file == "-", source.capture.isStandardInput {
      throw ValidationError("standard input cannot be both the source and the operations")
    }
  }

  func answer(into output: Output) throws -> Conclusion {
    let audit = try source.audit(.prediction)
    let script = try OperationScript(lines(), on: audit.host, orUsageErrorFrom: file)
    let state = KernelState(audit: audit, assumptions: try assumptions.owners(on: audit))
    let prediction = Prediction(script, from: state)
    try output.write(PredictionReport(prediction))
    return Conclusion(of: prediction)
  }

  private func lines() throws -> [String] {
    guard let file else { return operation }
    return try TextInput.lines(of: file) + operation
  }
}

extension OperationScript {
  /// A malformed operation is a usage error that names its line.
  fileprivate init(
    _ lines: [String], on host: HostSnapshot, orUsageErrorFrom file: String?
  ) throws {
    do {
      try self.init(lines, on: host)
    } catch {
      let place = file == nil ? "operation" : "line"
      throw ValidationError("\(place) \(error.line): \(error.message)")
    }
  }
}
