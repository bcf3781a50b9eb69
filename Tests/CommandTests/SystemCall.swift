/// One line of strace's: a system call as a process made it.
struct SystemCall: Equatable, CustomStringConvertible {
  let name: String
  /// What stands between the brackets, with what `-y` shows of descriptors.
  let arguments: String
  let result: String

  var description: String { "\(name)(\(arguments)) = \(result)" }

  /// Fails for a line that is not a call: an exit, a signal.
  init?(line: some StringProtocol) {
    guard let open = line.firstIndex(of: "("), let answer = SystemCall.range(of: " = ", in: line),
      let close = line[..<answer.lowerBound].lastIndex(of: ")"), open < close
    else { return nil }
    name = String(line[..<open])
    arguments = String(line[line.index(after: open)..<close])
    result = String(line[answer.upperBound...])
  }

  /// The last such text: a path or a buffer can hold another.
  private static func range<Line: StringProtocol>(
    of text: String, in line: Line
  ) -> Range<Line.Index>? {
    var start = line.endIndex
    while start > line.startIndex {
      start = line.index(before: start)
      if line[start...].hasPrefix(text) {
        return start..<line.index(start, offsetBy: text.count)
      }
    }
    return nil
  }

  var succeeded: Bool { !result.hasPrefix("-1") }

  /// The words of the flags: `O_RDONLY`, `CLONE_THREAD`.
  var flags: Set<Substring> {
    Set(arguments.split { !($0.isUppercase || $0.isNumber || $0 == "_") })
  }

  /// The number of the descriptor that comes first.
  var descriptor: Int? { Int(arguments.prefix { $0.isNumber }) }

  /// What the descriptor that comes first is: a path, or `pipe:[7]`.
  var descriptorTarget: Substring? {
    let rest = arguments.drop { $0.isNumber }
    guard rest.first == "<" else { return nil }
    return rest.dropFirst().prefix { $0 != ">" }
  }

  /// The paths that the call names; a relative one below the directory that stands before it.
  var paths: [String] {
    var paths: [String] = []
    var directory: Substring = ""
    var rest = arguments[...]
    while let mark = rest.firstIndex(where: { $0 == "<" || $0 == "\"" }) {
      let isPath = rest[mark] == "\""
      let text = rest[rest.index(after: mark)...].prefix { $0 != (isPath ? "\"" : ">") }
      if !isPath {
        directory = text
      } else {
        paths.append(text.hasPrefix("/") ? String(text) : "\(directory)/\(text)")
      }
      rest = rest[text.endIndex...].dropFirst()
    }
    return paths
  }
}
