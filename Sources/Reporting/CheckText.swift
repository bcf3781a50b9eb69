import HostModel
package import OwnershipAnalysis

/// The answer of `check`.
package struct CheckReport: Report {
  private let checks: CostOfChecks
  private let kernel: KernelIdentity

  package init(_ checks: CostOfChecks, kernel: KernelIdentity) {
    self.checks = checks
    self.kernel = kernel
  }

  package func text(in palette: Palette) -> String {
    CheckText(checks, kernel: kernel, palette: palette).text
  }

  package var json: JSONValue { CheckJSON(checks, kernel: kernel).value }
}

/// Checks for people: one line a device, the verdict and the fact that decides; under an
/// acceptance what it rests on, and then what it costs the host.
package struct CheckText {
  private let checks: CostOfChecks
  private let kernel: KernelIdentity
  private let palette: Palette

  package init(_ checks: CostOfChecks, kernel: KernelIdentity, palette: Palette = .plain) {
    self.checks = checks
    self.kernel = kernel
    self.palette = palette
  }

  package var text: String {
    let rows = checks.checks.map { check in
      line(check) + LossLines.text(checks.cost.losses(with: check.device.name))
    }
    return rows.joined() + notes + KernelNote(kernel).text
  }

  private var notes: String {
    var text = ""
    for unseen in checks.cost.unseen {
      text += "cannot tell what the host loses: \(TerminalText.escape(unseen.text))\n"
    }
    if checks.hasUnseenProcesses {
      text += "note: not every process was seen, so others can have these devices open\n"
    }
    let refused = checks.refused
    if !refused.isEmpty {
      let kinds = refused.map(\.word).joined(separator: ",")
      text += "the host would be lost: --allow-loss \(kinds) accepts that\n"
    }
    return text
  }

  private func line(_ check: DeviceCheck) -> String {
    let name = TerminalText.escape(check.device.name.text)
    let word = palette.word(checks.verdict(of: check))
    if let wait = checks.wait(of: check) {
      let reason = TerminalText.escape(wait.text(of: check.device.driver.value))
      return "\(name): \(word): unbind: \(reason)  [\(RuleSlug.hostOpenDevice)]\n"
    }
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
