import TestSupport

/// What the figures were measured on.
struct Machine: Sendable {
  let processor: String
  let cores: Int
  let kernel: String

  static var current: Machine {
    let lines = TextFile.lines(of: "/proc/cpuinfo")
    let model = lines.first { $0.hasPrefix("model name") }.flatMap { line in
      line.firstIndex(of: ":").map { line[$0...].dropFirst(2) }
    }
    return Machine(
      processor: model.map(String.init) ?? "unknown processor",
      cores: lines.count { $0.hasPrefix("processor") },
      kernel: String(TextFile.lines(of: "/proc/sys/kernel/osrelease").first ?? "unknown"))
  }
}

extension Machine: CustomStringConvertible {
  var description: String { "\(cores) x \(processor), Linux \(kernel)" }
}
