/// What `explain` and the rules' man page say of a rule; plain text, one paragraph each.
package struct RulePage: Sendable {
  /// What is the matter and why the kernel minds.
  package let meaning: String
  /// How to see it by hand: shell commands, one each.
  package let evidence: [String]
  /// What to do.
  package let remedy: String
  /// Which kernels it concerns.
  package let kernels: String
  /// Messages that lead here, word for word, with who prints them.
  package let messages: [Message]
  /// Sections of the kernel's rules and the functions that decide: the source of the verdict.
  package let source: String

  package struct Message: Sendable, Hashable {
    /// `QEMU`, `kernel`, `libvirt`, `DPDK`, `shell`, …
    package let printedBy: String
    package let text: String

    package init(_ printedBy: String, _ text: String) {
      self.printedBy = printedBy
      self.text = text
    }
  }

  package init(
    meaning: String, evidence: [String], remedy: String, kernels: String, messages: [Message] = [],
    source: String
  ) {
    self.meaning = meaning
    self.evidence = evidence
    self.remedy = remedy
    self.kernels = kernels
    self.messages = messages
    self.source = source
  }
}
