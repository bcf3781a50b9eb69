import ArgumentParser
import HostReader
import Reporting

/// The whole program: arguments in, output and exit status out.
package enum Program {
  package static let name = "vfio-preflight"

  /// - Parameter arguments: the command line without the program's own name.
  /// - Returns: the exit status.
  package static func run(_ arguments: [String]) -> Int32 {
    StandardOutput.surviveClosedPipes()
    do {
      return try perform(arguments).rawValue
    } catch let failure as Failure {
      StandardError.write(line: failure.line)
      return ExitStatus.cannotTell.rawValue
    } catch {
      return answer(error, arguments: arguments)
    }
  }

  private static func perform(_ arguments: [String]) throws -> ExitStatus {
    var command = try Preflight.parseAsRoot(MessageArgument.last(in: arguments))
    guard let answering = command as? any AnsweringCommand else {
      try command.run()
      return .fine
    }
    return ExitStatus(try answering.answer(into: Output(style: answering.style)))
  }

  /// Help and version are answers, everything else is a mistake on the command line.
  private static func answer(_ error: any Error, arguments: [String]) -> Int32 {
    guard Preflight.exitCode(for: error) == .success else {
      StandardError.write(line: UsageMessage(error, arguments: arguments).line)
      return ExitStatus.usage.rawValue
    }
    do {
      let answer = Preflight.fullMessage(for: error)
      try StandardOutput.write(answer.hasSuffix("\n") ? answer : answer + "\n")
      return ExitStatus.fine.rawValue
    } catch {
      StandardError.write(line: error.line)
      return ExitStatus.cannotTell.rawValue
    }
  }
}

/// The root of the command line; it does nothing itself.
struct Preflight: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: Program.name,
    abstract: "Predict how the kernel would answer a VFIO passthrough, before anything is changed.",
    discussion: """
      Without a command, audits this host. Reads only; needs no root, and says what it could \
      not see without it.

      Exit status: 0 nothing wrong, 1 warnings, 2 errors, 3 cannot tell, 64 usage.
      """,
    version: "\(Program.name) 0.1.0",
    subcommands: [
      AuditCommand.self, ListCommand.self, CandidatesCommand.self, CheckCommand.self,
      PredictCommand.self, SnapshotCommand.self, DiffCommand.self, ExplainCommand.self,
    ],
    defaultSubcommand: AuditCommand.self)
}

/// Why the job cannot be done: one line for standard error, and exit status 3.
struct Failure: Error {
  let line: String

  init(_ line: String) {
    self.line = line
  }

  /// Turns what is wrong with a source into the failure to read it.
  static func ofSource<Answer>(
    _ read: () throws(SourceError) -> Answer
  ) throws(Failure) -> Answer {
    do {
      return try read()
    } catch {
      throw Failure(error.description)
    }
  }
}
