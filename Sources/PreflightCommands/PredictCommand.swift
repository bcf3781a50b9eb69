import ArgumentParser
import HostModel
import HostReader
import OwnershipAnalysis
import Reporting

/// `predict`: operations in order on a model of the kernel, and its answer to each.
struct PredictCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predict what the kernel answers to binds, unbinds and opens.",
    discussion: "An operation is one argument, or one line of a file:\n" + operations)

  /// A line for each kind of operation.
  private static var operations: String {
    let forms = OperationForm.all
    let width = forms.map(\.usage.utf8.count).max() ?? 0
    return forms.map { form in
      let blank = String(repeating: " ", count: width - form.usage.utf8.count + 2)
      return "  \(form.usage)\(blank)\(form.summary)"
    }.joined(separator: "\n")
  }

  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Assumptions") var assumptions: AssumptionOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Read operations from a file; - is standard input.", valueName: "file"),
    completion: .file())
  var file: String?

  @Argument(
    help: "Operations, each one argument.", completion: .list(OperationForm.all.map(\.word)))
  var operation: [String] = []

  func validate() throws {
    guard file != nil || !operation.isEmpty else {
      throw ValidationError("no operation; give one like 'bind 0000:01:00.0 vfio-pci', or -f FILE")
    }
    if file == "-", source.host.isStandardInput {
      throw ValidationError("standard input cannot be both the source and the operations")
    }
  }

  func answer(into output: Output) throws -> Conclusion {
    let audit = try source.audit(needing: .cost)
    let script = try OperationScript(lines(), on: audit.host, orUsageErrorFrom: file)
    let state = KernelState(audit: audit, assumptions: try assumptions.owners(on: audit))
    let prediction = Prediction(script, from: state)
    let losses = PredictedLosses(prediction, in: audit.use)
    try output.write(PredictionReport(prediction, losses: losses))
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
    _ lines: [String], on host: ObservedHost, orUsageErrorFrom file: String?
  ) throws {
    do {
      try self.init(lines, on: host)
    } catch {
      let place = file == nil ? "operation" : "line"
      throw ValidationError("\(place) \(error.line): \(error.message)")
    }
  }
}
