import TestSupport

/// A console session in a document: commands after `$ `, each with what it printed.
struct ManualExample: Sendable {
  struct Step: Sendable {
    let command: String
    let output: [String]
  }

  let steps: [Step]

  /// - Parameter lines: the lines as the reader sees them, from the first `$ ` on.
  init(_ lines: some Sequence<String>) {
    var steps: [Step] = []
    for line in lines {
      if line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2)), output: []))
      } else if let last = steps.popLast() {
        steps.append(Step(command: last.command, output: last.output + [line]))
      }
    }
    self.steps = steps
  }

  /// The session as it goes now, in the package's directory with the real binary.
  ///
  /// Output that the document cuts short with `...` stays as it is while the rest agrees.
  func rerun() async throws -> [String] {
    var lines: [String] = []
    var status: Int32?
    for step in steps {
      let printed: [String]
      if step.command == "echo $?" {
        printed = [status.map(String.init) ?? "no command before this"]
      } else {
        let outcome = try await ManualExample.run(step.command)
        status = outcome.status
        printed = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
          .dropLast().map(String.init)
      }
      lines.append("$ \(step.command)")
      lines += ManualExample.agrees(step.output[...], with: printed[...]) ? step.output : printed
    }
    return lines
  }

  /// Both streams as a terminal shows them, in the plainest of environments.
  private static func run(_ command: String) async throws -> Program.Outcome {
    let path = TreeFiles.environment("PATH") ?? "/usr/bin:/bin"
    return try await Program(named: "sh").run(
      ["-c", "{ \(command); } 2>&1"],
      environment: [
        "PATH": "\(Program.productDirectory):\(path)", "TERM": "dumb", "NO_COLOR": nil,
      ],
      in: Fixture.packageDirectory)
  }

  /// Whether the text is the expected one, where a line `...` stands for any lines.
  private static func agrees(
    _ expected: ArraySlice<String>, with printed: ArraySlice<String>
  ) -> Bool {
    guard let line = expected.first else { return printed.isEmpty }
    guard line.allSatisfy({ $0 == " " || $0 == "." }), line.hasSuffix("...") else {
      return line == printed.first && agrees(expected.dropFirst(), with: printed.dropFirst())
    }
    return (printed.startIndex...printed.endIndex).contains {
      agrees(expected.dropFirst(), with: printed[$0...])
    }
  }
}
