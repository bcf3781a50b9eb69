import HostModel
package import OwnershipAnalysis

/// The answer of `check`.
package struct CheckReport: Report {
  private let devices: [DeviceCheck]
  private let kernel: KernelIdentity

  package init(_ devices: [DeviceCheck], kernel: KernelIdentity) {
    self.devices = devices
    self.kernel = kernel
  }

  package func text(in palette: Palette) -> String {
    CheckText(devices, kernel: kernel, palette: palette).text
  }

  package var json: JSONValue { CheckJSON(devices, kernel: kernel).value }
}

/// Checks for people: one line a device, the verdict and the fact that decides; under an
/// acceptance what it rests on.
package struct CheckText {
  private let devices: [DeviceCheck]
  private let kernel: KernelIdentity
  private let palette: Palette

  package init(_ devices: [DeviceCheck], kernel: KernelIdentity, palette: Palette = .plain) {
    self.devices = devices
    self.kernel = kernel
    self.palette = palette
  }

  package var text: String {
    devices.map(line).joined() + KernelNote(kernel).text
  }

  private func line(_ check: DeviceCheck) -> String {
    let name = TerminalText.escape(check.device.name.text)
    let word = palette.word(check.verdict)
    guard let step = check.decisive else { return "\(name): \(word)\n" }
    let rule = step.answer.rule.map { "  [\($0)]" } ?? ""
    let reason = TerminalText.escape(step.answer.reason.text)
    switch step.answer.verdict {
    case .accepted:
      return "\(name): \(word)\n" + LabelledLines.text("assumes", check.assumptions)
    case .refused(let errno):
      return
        "\(name): \(word): \(step.answer.call.rawValue) answers \(errno): \(reason)\(rule)\n"
    case .refusedWithOneOf:
      return "\(name): \(word)\(step.answer.verdict.errnoPhrase): \(reason)\(rule)\n"
    case .blocks, .crashes, .undetermined:
      return "\(name): \(word): \(step.answer.call.rawValue): \(reason)\(rule)\n"
    }
  }

}

extension DeviceCheck {
  /// What its steps take for granted, each once.
  fileprivate var assumptions: [String] {
    Doubt.inOrderOfText(steps.flatMap(\.answer.dependsOn)).map(\.text)
  }
}
