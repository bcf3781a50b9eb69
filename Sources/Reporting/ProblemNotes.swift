import HostModel

/// What the host would not say, as notes; at most ten, since a broken tree repeats itself.
struct ProblemNotes {
  private let problems: [ReadProblem]
  private let shown: Int

  init(_ host: HostSnapshot, detail: AuditText.Detail) {
    problems = host.problems
    shown = detail == .verbose ? problems.count : 10
  }

  var text: String {
    guard !problems.isEmpty else { return "" }
    var text = "note: \(counted(problems.count, "place")) of the host could not be read\n"
    for problem in problems.prefix(shown) {
      text += "    \(TerminalText.escape(problem.description, limit: 200))\n"
    }
    if problems.count > shown {
      text += "    and \(problems.count - shown) more (--verbose)\n"
    }
    return text
  }
}
