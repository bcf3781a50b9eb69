import HostModel
import TestSupport
import Testing

@testable import OwnershipAnalysis

/// Answers that a prediction keeps are those that the model would give again.
struct BulkAnswersTests {
  @Test(
    "a module that is unloaded and loaded in turn is answered as step by step",
    arguments: [KernelVersion(5, 10), KernelVersion(6, 12)])
  func repeatedOperations(kernel: KernelVersion) throws {
    var host = HostValues(kernel, "e1000e", "e1000e", "vfio-pci", nil)
    host.add("snd_hda_intel", group: 2)
    let name = { (number: Int) in host[number].name.text }
    var lines: [String] = []
    for round in 0..<20 {
      lines += ["rmmod e1000e", "modprobe e1000e", "new-id e1000e 8086:1c2\(round % 3)"]
      // What is asked again is not asked of the same state each time.
      if round % 4 == 1 { lines.append("unbind \(name(round % 3 + 1))") }
      if round % 5 == 2 { lines.append("override \(name(4)) vfio-pci") }
      if round % 7 == 3 { lines.append("open \(name(3)) as h\(round)") }
      if round % 7 == 5 { lines.append("close h\(round - 2)") }
    }
    let script = try OperationScript(lines, on: host.observed)
    var bulk = BulkAnswers()
    var state = host.state
    for step in script.steps {
      let remembered = bulk.apply(step.operation, to: state)
      let transition = KernelModel.apply(step.operation, to: state)
      state = transition.state
      #expect(remembered.answer == transition.answer, "\(step.text)")
      #expect(remembered.state == state, "\(step.text)")
    }
  }
}
