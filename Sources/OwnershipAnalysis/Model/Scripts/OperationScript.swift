package import HostModel

/// Operations as people and scripts write them, one or more a line, resolved against a host.
///
/// `OperationForm` has the grammar of operations; other lines are read as a shell's
/// (``ShellReader``). A `#` starts a comment; empty lines count for the line numbers only.
package struct OperationScript: Sendable {
  package let steps: [Write]

  /// One operation of a script.
  package struct Write: Sendable {
    /// The line where it is the only one of its line, words separated by one blank; else what it does.
    package var text: String
    package let operation: Operation
    /// It is done only if the one before it succeeded, as after `&&` or in a program that gives up.
    package var needsSuccess: Bool
    /// A program does it only if all of these hold then.
    let conditions: [Condition]

    init(
      _ text: String, _ operation: Operation, needsSuccess: Bool = false,
      if conditions: [Condition] = []
    ) {
      self.text = text
      self.operation = operation
      self.needsSuccess = needsSuccess
      self.conditions = conditions
    }
  }

  /// What a program looks at before it writes.
  enum Condition: Sendable {
    case isBound(HostPath)
    case isNotOn(HostPath, DriverName)
    case isNotRegistered(DriverName)
  }

  /// A line that is not an operation.
  package struct Mistake: Error, Sendable, Equatable {
    /// Counted from 1.
    package let line: Int
    /// What was found and what was expected.
    package let message: String
  }

  /// - Throws: the first line that is not an operation on this host.
  package init(_ lines: [String], on host: ObservedHost) throws(Mistake) {
    var steps: [Write] = []
    for (index, line) in lines.enumerated() {
      do {
        steps += try OperationScript.writes(line, on: host)
      } catch {
        throw Mistake(line: index + 1, message: PrintableText.escape(error.text))
      }
    }
    self.steps = steps
  }

  private static func writes(
    _ line: String, on host: ObservedHost
  ) throws(OperationReader.Malformed) -> [Write] {
    let words = words(of: line)
    guard let first = words.first else { return [] }
    guard isOfShell(words) else {
      let operation = try OperationReader.operation(words, on: host)
      return [Write(words.joined(separator: " "), operation)]
    }
    var writes = try ShellReader(host: host).writes(line)
    if writes.count == 1, first != "driverctl", first != "virsh" {
      writes[0].text = words.joined(separator: " ")
    }
    return writes
  }

  /// `modprobe M` and `rmmod M` are operations; what else follows them is a shell's.
  private static func isOfShell(_ words: [String]) -> Bool {
    guard OperationForm.named(words[0]) == nil || words[0] == "write" else {
      return ["modprobe", "rmmod"].contains(words[0]) && words.count > 2
    }
    return ShellReader.programs.contains(ShellReader.name(ofProgram: words[0]))
  }

  /// Split at ASCII blanks only, and by bytes: what looks like one character need not be one.
  private static func words(of line: String) -> [String] {
    line.utf8.prefix { $0 != UInt8(ascii: "#") }
      .split { $0 == UInt8(ascii: " ") || (UInt8(ascii: "\t")...UInt8(ascii: "\r")).contains($0) }
      .map { String(Substring($0)) }
  }
}

extension KernelState {
  /// Whether a program that looks at this state goes on; what cannot be seen does not stop it.
  func satisfies(_ condition: OperationScript.Condition) -> Bool {
    switch condition {
    case .isBound(let path): host.device(at: path).map { !driver(of: $0).isAbsent } ?? true
    case .isNotOn(let path, let name):
      host.device(at: path).map { driver(of: $0).value != name } ?? true
    case .isNotRegistered(let driver): isRegistered(driver, on: .pci) != true
    }
  }
}
