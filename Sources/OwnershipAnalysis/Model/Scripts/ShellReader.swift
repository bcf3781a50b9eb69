import HostModel

/// Reads the commands of provisioning scripts as what they ask of the kernel.
struct ShellReader {
  let host: ObservedHost

  typealias Malformed = OperationReader.Malformed
  typealias Write = OperationScript.Write

  /// Programs whose lines are read; anything else is an error.
  static let programs: Set<String> = [
    "echo", "printf", "sudo", "sh", "bash", "write", "modprobe", "rmmod", "driverctl", "virsh",
    "dpdk-devbind.py", "dpdk-devbind",
  ]

  /// Without its directory.
  static func name(ofProgram path: String) -> String {
    path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? path
  }

  /// - Returns: what the line asks for, in order.
  func writes(_ line: String) throws(Malformed) -> [Write] {
    try writes(line, depth: 0)
  }

  private func writes(_ line: String, depth: Int) throws(Malformed) -> [Write] {
    let parsed: ShellLine
    do { parsed = try ShellLine(line) } catch { throw Malformed(text: error.text) }
    var writes: [Write] = []
    for command in parsed.commands {
      var more = try self.writes(command, depth)
      if command.needsSuccess, !more.isEmpty { more[0].needsSuccess = true }
      writes += more
    }
    return writes
  }

  private func writes(_ command: ShellCommand, _ depth: Int) throws(Malformed) -> [Write] {
    var words = command.words
    if words.first == "sudo" { words.removeFirst() }
    guard let program = words.first else { throw Malformed(text: "a command is missing") }
    let name = ShellReader.name(ofProgram: program)
    if name == "echo" || name == "printf" {
      return try output(of: name, Array(words.dropFirst()), command)
    }
    guard command.next.isEmpty, command.output == nil || command.output == "/dev/null" else {
      throw Malformed(text: "the output of '\(name)' is not followed")
    }
    let operands = Array(words.dropFirst())
    switch name {
    case "sh", "bash":
      guard operands.count == 2, operands[0] == "-c", depth == 0 else {
        throw Malformed(text: "only '\(name) -c COMMAND' is followed")
      }
      return try writes(operands[1], depth: 1)
    case "write":
      guard operands.count >= 2 else {
        throw Malformed(text: "'write' is not of the form: write PATH VALUE")
      }
      return [try write(operands.dropFirst().joined(separator: " ") + "\n", to: operands[0])]
    case "modprobe": return try modprobe(operands)
    case "rmmod":
      let modules = operands.filter { !$0.hasPrefix("-") }
      guard !modules.isEmpty else { throw Malformed(text: "'rmmod' names no module") }
      return modules.map { Write("rmmod \($0)", .rmmod(ModuleName(spelling: $0))) }
    case "driverctl": return try ProvisioningTool(host).driverctl(operands)
    case "virsh": return try ProvisioningTool(host).virsh(operands)
    case "dpdk-devbind.py", "dpdk-devbind": return try ProvisioningTool(host).devbind(operands)
    default:
      throw Malformed(text: "'\(name)' is not a command that predict follows")
    }
  }

  // MARK: Output into files

  private func output(
    of program: String, _ words: [String], _ command: ShellCommand
  ) throws(Malformed) -> [Write] {
    let text = program == "echo" ? try echoed(words) : try printed(words)
    var targets: [String] = []
    if let output = command.output { targets = [output] }
    for next in command.next {
      var words = next.words
      if words.first == "sudo" { words.removeFirst() }
      guard words.first == "tee", next.output == nil || next.output == "/dev/null" else {
        throw Malformed(text: "output goes to a file or through 'tee'")
      }
      targets += words.dropFirst().filter { !$0.hasPrefix("-") }
    }
    targets.removeAll { $0 == "/dev/null" }
    guard !targets.isEmpty else { throw Malformed(text: "'\(program)' writes to no file") }
    // Nothing at all is written then, and the kernel does not see it.
    guard !text.isEmpty else { return [] }
    var writes: [Write] = []
    for target in targets { writes.append(try write(text, to: target)) }
    return writes
  }

  private func echoed(_ words: [String]) throws(Malformed) -> String {
    var words = words[...]
    var hasNewline = true
    while let option = words.first, ["-n", "-e", "-ne", "-en", "-E"].contains(option) {
      if option.contains("n") { hasNewline = false }
      words.removeFirst()
    }
    return words.joined(separator: " ") + (hasNewline ? "\n" : "")
  }

  private func printed(_ words: [String]) throws(Malformed) -> String {
    guard var format = words.first else { throw Malformed(text: "'printf' has no format") }
    format = format.replacing("\\n", with: "\n")
    var values = words.dropFirst()
    var text = ""
    var rest = format[...]
    while let percent = rest.firstIndex(of: "%") {
      text += rest[..<percent]
      rest = rest[rest.index(after: percent)...]
      guard rest.popFirst() == "s" else {
        throw Malformed(text: "only %s is followed in the format of 'printf'")
      }
      text += values.popFirst() ?? ""
    }
    return text + rest
  }

  func write(_ text: String, to path: String) throws(Malformed) -> Write {
    guard let file = SysfsPath(host: host).file(path) else {
      throw Malformed(text: "'\(path)' is not a file that predict knows")
    }
    return Write("write \(path) \(WrittenText(text).line)", .write(file, text))
  }

  // MARK: Modules

  private func modprobe(_ operands: [String]) throws(Malformed) -> [Write] {
    let options = operands.filter { $0.hasPrefix("-") }
    let words = operands.filter { !$0.hasPrefix("-") }
    for option in options
    where !["-r", "--remove", "-q", "-v", "-a", "--all", "-f"].contains(option) {
      throw Malformed(text: "modprobe's option '\(option)' is not followed")
    }
    guard let first = words.first else { throw Malformed(text: "'modprobe' names no module") }
    if options.contains("-r") || options.contains("--remove") {
      return words.map { Write("rmmod \($0)", .rmmod(ModuleName(spelling: $0))) }
    }
    if options.contains("-a") || options.contains("--all") {
      return words.map { Write("modprobe \($0)", .modprobe(ModuleName(spelling: $0))) }
    }
    let module = ModuleName(spelling: first)
    let ids = try ModuleOptions(words.dropFirst(), of: module).ids
    return [Write("modprobe " + words.joined(separator: " "), .modprobe(module, ids: ids))]
  }
}

/// `ids=10de:1b81,10de:10f0 disable_idle_d3=1`.
struct ModuleOptions {
  private(set) var ids: [PCIIDPair] = []

  /// Options that change no answer.
  private static let harmless: Set<Substring> = ["disable_idle_d3", "disable_vga", "nointxmask"]

  init(
    _ words: some Sequence<String>, of module: ModuleName
  ) throws(OperationReader.Malformed) {
    for word in words {
      let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2 || Self.harmless.contains(halves[0]) else {
        throw OperationReader.Malformed(text: "'\(word)' is not of the form: PARAMETER=VALUE")
      }
      if halves[0] == "ids", ["vfio_pci", "pci_stub"].contains(module.text) {
        for text in halves[1].split(separator: ",") {
          // More fields narrow what the id matches.
          let fields = text.split(separator: ":", omittingEmptySubsequences: false)
          guard fields.count == 2, let id = PCIIDPair(text) else {
            throw OperationReader.Malformed(
              text: "'\(text)' is not VENDOR:DEVICE in hexadecimal, like 10de:13c2")
          }
          ids.append(id)
        }
      } else if !Self.harmless.contains(halves[0]) {
        throw OperationReader.Malformed(
          text: "what the parameter '\(halves[0])' of \(module) does is not followed")
      }
    }
  }
}
