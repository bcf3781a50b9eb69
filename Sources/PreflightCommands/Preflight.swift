import ArgumentParser

/// The root of the command line; it does nothing itself.
struct Preflight: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: Program.name,
    abstract: "Tell what the kernel would say to a VFIO passthrough, before anything is changed.",
    discussion: """
      Without a command, audits this host. Reads only; needs no root, and says what it could \
      not see without it.

      Exit status: 0 nothing wrong, 1 warnings, 2 errors, 3 cannot tell, 64 usage.
      """,
    version: "\(Program.name) 0.1.0",
    subcommands: [
      AuditCommand.self, ListCommand.self, CheckCommand.self, PredictCommand.self,
      SnapshotCommand.self, DiffCommand.self, ExplainCommand.self,
    ],
    defaultSubcommand: AuditCommand.self)
}
