import HostModel

/// Reads a file of recorded steps; `Tests/KernelRecordings/README.md` describes the grammar.
///
/// Strict: a line that is not understood would be an answer that nothing is held to.
struct RecordingParser {
  static let header = "vfio-preflight-recording 1"

  /// Where and why a file is not a recording.
  struct Mistake: Error, Equatable, CustomStringConvertible {
    let file: String
    /// Counted from 1.
    let line: Int
    let reason: String

    var description: String { "\(file):\(line): \(reason)" }
  }

  private let file: String
  private var lineNumber = 0
  private var sequences: [RecordedSequence] = []

  private init(file: String) {
    self.file = file
  }

  /// - Parameter file: its name, for messages.
  static func parse(_ text: String, file: String) throws(Mistake) -> [RecordedSequence] {
    var parser = RecordingParser(file: file)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popLast() == "" else {
      parser.lineNumber = lines.count + 1
      throw parser.mistake("the last line has no end")
    }
    for line in lines {
      parser.lineNumber += 1
      try parser.read(line)
    }
    guard parser.lineNumber > 0 else { throw parser.mistake("the file is empty") }
    try parser.finishStep()
    return parser.sequences
  }

  private func mistake(_ reason: String) -> Mistake {
    Mistake(file: file, line: lineNumber, reason: reason)
  }

  private mutating func read(_ line: Substring) throws(Mistake) {
    guard lineNumber > 1 else {
      guard line == Self.header else { throw mistake("the first line is not '\(Self.header)'") }
      return
    }
    guard !line.isEmpty, line.first != "#" else { return }
    guard let blank = line.firstIndex(of: " "), line.index(after: blank) < line.endIndex else {
      throw mistake("'\(line)' is not a line of a recording")
    }
    let rest = line[line.index(after: blank)...]
    switch line[..<blank] {
    case "sequence": try begin(String(rest))
    case "case", "about", "prepared", "-", "+": try describe(line[..<blank], rest)
    case "do":
      try finishStep()
      let step = RecordedStep(line: lineNumber, operation: String(rest))
      try withSequence { $0.steps.append(step) }
    case "answer": try answer(rest)
    case "driver", "node", "device", "ended", "log": try observe(line[..<blank], rest)
    default: throw mistake("'\(line)' is not a line of a recording")
    }
  }

  // MARK: Sequences

  private mutating func begin(_ name: String) throws(Mistake) {
    try finishStep()
    guard !sequences.contains(where: { $0.name == name }) else {
      throw mistake("there is another sequence '\(name)'")
    }
    sequences.append(RecordedSequence(line: lineNumber, name: name))
  }

  private mutating func withSequence(
    _ change: (inout RecordedSequence) -> Void
  ) throws(Mistake) {
    guard !sequences.isEmpty else { throw mistake("this belongs to a sequence, and none began") }
    change(&sequences[sequences.count - 1])
  }

  /// What stands between the name of a sequence and its first step.
  private mutating func describe(_ word: Substring, _ rest: Substring) throws(Mistake) {
    guard sequences.last?.steps.isEmpty != false else {
      throw mistake("'\(word)' after the first step")
    }
    try withSequence { sequence in
      switch word {
      case "case": sequence.cases.append(String(rest))
      case "about": sequence.about = String(rest)
      case "prepared": sequence.prepared.append(String(rest))
      case "-": sequence.removed.append(String(rest))
      default: sequence.added.append(String(rest))
      }
    }
  }

  // MARK: Steps

  /// Every operation has its answer.
  private func finishStep() throws(Mistake) {
    guard let step = sequences.last?.steps.last, step.answer == nil else { return }
    throw Mistake(file: file, line: step.line, reason: "'\(step.operation)' has no answer")
  }

  private mutating func withStep(_ change: (inout RecordedStep) -> Void) throws(Mistake) {
    guard let count = sequences.last?.steps.count, count > 0 else {
      throw mistake("this belongs to a step, and none began")
    }
    change(&sequences[sequences.count - 1].steps[count - 1])
  }

  private mutating func answer(_ text: Substring) throws(Mistake) {
    guard let answer = RecordedAnswer(text) else { throw mistake("'\(text)' is not an answer") }
    guard sequences.last?.steps.last?.answer == nil else { throw mistake("a second answer") }
    try withStep { $0.answer = answer }
  }

  private mutating func observe(_ word: Substring, _ rest: Substring) throws(Mistake) {
    guard sequences.last?.steps.last?.answer != nil else {
      throw mistake("'\(word)' before the answer")
    }
    switch word {
    case "driver": try driver(rest)
    case "node":
      let (isNew, path) = try change(rest)
      guard let path = HostPath(path), path.relative.hasPrefix("dev/vfio/") else {
        throw mistake("'\(path)' is not a node of VFIO")
      }
      try withStep { if isNew { $0.newNodes.insert(path) } else { $0.lostNodes.insert(path) } }
    case "device":
      let (isNew, name) = try change(rest)
      let device = DeviceName(String(name))
      try withStep {
        if isNew { $0.newDevices.insert(device) } else { $0.lostDevices.insert(device) }
      }
    case "ended": try ended(rest)
    default: try withStep { $0.log.append(rest) }
    }
  }

  /// `0000:02:01.0 vfio-pci`, `0000:02:01.0 -`.
  private mutating func driver(_ text: Substring) throws(Mistake) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2, !words[1].isEmpty else { throw mistake("'\(text)' is not a binding") }
    let driver = words[1] == "-" ? nil : DriverName(String(words[1]))
    try withStep { $0.drivers[DeviceName(String(words[0]))] = .some(driver) }
  }

  /// `+ NAME` or `- NAME`.
  private func change(_ text: Substring) throws(Mistake) -> (isNew: Bool, name: Substring) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2, words[0] == "+" || words[0] == "-" else {
      throw mistake("'\(text)' is neither '+ NAME' nor '- NAME'")
    }
    return (words[0] == "+", words[1])
  }

  /// `unbind 0000:02:01.0: accepted`: an operation has no blank after a colon.
  private mutating func ended(_ text: Substring) throws(Mistake) {
    guard let end = text.firstRange(of: ": "), let answer = RecordedAnswer(text[end.upperBound...])
    else { throw mistake("'\(text)' is not OPERATION: ANSWER") }
    let operation = String(text[..<end.lowerBound])
    try withStep { $0.ended.append(RecordedStep.Ended(operation: operation, answer: answer)) }
  }
}
