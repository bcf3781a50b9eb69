import PreflightCommands
import SystemCalls

@main
enum Main {
  static func main() {
    Process.exit(Program.run(Array(CommandLine.arguments.dropFirst())))
  }
}
