import TestSupport

/// The instructions of a run, counted by valgrind(1).
enum InstructionCounter {
  /// What the program's own file executed, and not the C library or the dynamic linker, so that the
  /// count is the same wherever the same compiler made the program; `nil` where there is none.
  static func count(_ command: [String], in directory: String) async throws -> Int? {
    let scratch = try TemporaryDirectory()
    let file = scratch / "profile"
    let outcome = try? await Program(named: "env").run(
      CleanEnvironment.arguments
        + ["valgrind", "--tool=callgrind", "--callgrind-out-file=\(file)"] + command,
      in: directory, timeout: .seconds(300))
    guard let status = outcome?.status, 0...3 ~= status, let program = command.first else {
      return nil
    }
    var profile = CallgrindProfile(program: program)
    for line in TextFile.lines(of: file) { profile.take(line) }
    return profile.count > 0 ? profile.count : nil
  }
}

/// Adds up what a profile in callgrind's format gives for one object file.
private struct CallgrindProfile {
  private(set) var count = 0
  /// The last component of the program's path: links on the way to it are resolved.
  private let program: Substring
  /// Names are given once, `ob=(3) /usr/bin/program`, and then by number.
  private var number: Substring?
  private var isOwn = false
  /// The line after `calls=` is the cost of the callee, which is given there as well.
  private var isCall = false

  init(program: String) {
    self.program = program.split(separator: "/").last ?? ""
  }

  mutating func take(_ line: Substring) {
    guard let first = line.utf8.first else { return }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "*"):
      if isOwn, !isCall, let space = line.firstIndex(of: " ") {
        count += Int(line[line.index(after: space)...]) ?? 0
      }
      isCall = false
    default:
      if line.hasPrefix("calls=") { isCall = true }
      if line.hasPrefix("ob=") { enter(line.dropFirst(3)) }
      if line.hasPrefix("cob=") { learn(line.dropFirst(4)) }
    }
  }

  private mutating func enter(_ object: Substring) {
    learn(object)
    isOwn = object.prefix { $0 != " " } == number
  }

  private mutating func learn(_ object: Substring) {
    guard object.hasSuffix("/" + program) else { return }
    number = object.prefix { $0 != " " }
  }
}
