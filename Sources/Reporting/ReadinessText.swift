import HostModel
package import OwnershipAnalysis

/// The answer of `check`.
package struct ReadinessReport: Report {
  private let devices: [Readiness]
  private let kernel: KernelIdentity

  package init(_ devices: [Readiness], kernel: KernelIdentity) {
    self.devices = devices
    self.kernel = kernel
  }

  package func text(in palette: Palette) -> String {
    ReadinessText(devices, kernel: kernel, palette: palette).text
  }

  package var json: JSONValue { ReadinessJSON(devices, kernel: kernel).value }
}

/// Readiness for people: one line a device, the verdict and the fact that decides; under an
/// acceptance what it rests on.
package struct ReadinessText {
  private let devices: [Readiness]
  private let kernel: KernelIdentity
  private let palette: Palette

  package init(_ devices: [Readiness], kernel: KernelIdentity, palette: Palette = .plain) {
    self.devices = devices
    self.kernel = kernel
    self.palette = palette
  }

  package var text: String {
    devices.map(line).joined() + KernelNote(kernel).text
  }

  private func line(_ readiness: Readiness) -> String {
    let name = TerminalText.escape(readiness.device.name.text)
    let word = palette.word(readiness.verdict)
    guard let step = readiness.decisive else { return "\(name): \(word)\n" }
    let rule = step.transition.rule.map { "  [\($0)]" } ?? ""
    let reason = TerminalText.escape(step.transition.reason)
    switch step.transition.verdict {
    case .accepted:
      return "\(name): \(word)\n" + LabelledLines.text("assumes", readiness.assumptions)
    case .refused(let errno):
      return
        "\(name): \(word): \(step.transition.call.rawValue) answers \(errno): \(reason)\(rule)\n"
    case .blocks, .crashes, .undetermined:
      return "\(name): \(word): \(step.transition.call.rawValue): \(reason)\(rule)\n"
    }
  }

}

extension Readiness {
  /// What its steps take for granted, each once.
  fileprivate var assumptions: [String] {
    Set(steps.flatMap(\.transition.dependsOn)).sorted()
  }
}
