import HostModel
package import OwnershipAnalysis

/// Readiness for people: one line a device, the verdict and the fact that decides.
package struct ReadinessText {
  private let devices: [Readiness]
  private let palette: Palette

  package init(_ devices: [Readiness], palette: Palette = .plain) {
    self.devices = devices
    self.palette = palette
  }

  package var text: String {
    devices.map(line).joined()
  }

  private func line(_ readiness: Readiness) -> String {
    let name = TerminalText.escape(readiness.device.name.text)
    let word = palette.word(readiness.verdict)
    guard let step = readiness.decisive else { return "\(name): \(word)\n" }
    let rule = step.transition.rule.map { "  [\($0)]" } ?? ""
    let reason = TerminalText.escape(step.transition.reason)
    switch step.transition.verdict {
    case .accepted: return "\(name): \(word)\(assumptions(readiness))\n"
    case .refused(let errno):
      return
        "\(name): \(word): \(step.transition.call.rawValue) answers \(errno): \(reason)\(rule)\n"
    case .blocks, .crashes, .undetermined:
      return "\(name): \(word): \(step.transition.call.rawValue): \(reason)\(rule)\n"
    }
  }

  private func assumptions(_ readiness: Readiness) -> String {
    let lines = Set(readiness.steps.flatMap(\.transition.dependsOn)).sorted()
    return lines.isEmpty ? "" : ", if " + TerminalText.escape(lines.joined(separator: ", and "))
  }
}
