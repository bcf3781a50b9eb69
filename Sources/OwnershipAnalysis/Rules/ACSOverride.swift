import HostModel

extension Rule {
  /// ACS-OVERRIDE: the groups do not show what is isolated (kernel-rules §8.1, §12.1).
  static let acsOverride = Rule(
    slug: .acsOverride, severity: .critical,
    title: "the kernel is booted to pretend that devices are isolated",
    page: RulePage(
      meaning: """
        pcie_acs_override= is an out-of-tree patch that splits groups whose devices the hardware \
        does not isolate. Devices of different groups may then reach each other's memory, and a \
        virtual machine the host's devices. Every verdict on such a host is about the pretended \
        groups.
        """,
      evidence: ["grep -o 'pcie_acs_override=[^ ]*' /proc/cmdline"],
      remedy: """
        Remove pcie_acs_override= from the command line where the guests are not trusted; use slots \
        whose ports have ACS.
        """,
      kernels: "kernels with the patch; the option is ignored by all others",
      source: "kernel-rules §8.1, §12.1"),
    findings: { context in
      let values = context.host.kernel.commandLine.value?.values(of: .acsOverride) ?? []
      guard let value = values.last else { return [] }
      return [
        Finding(
          rule: .acsOverride, severity: .critical,
          message: "the kernel is booted with pcie_acs_override=\(value): groups do not show what "
            + "the hardware isolates",
          evidence: [Evidence(path: "proc/cmdline", value: "pcie_acs_override=\(value)")],
          remedy: "remove pcie_acs_override from the command line unless every guest is trusted")
      ]
    },
    questions: { context in
      guard let failure = context.host.kernel.commandLine.failure, !context.groups.isEmpty else {
        return []
      }
      return [
        OpenQuestion(
          rule: .acsOverride, severity: .critical, doubt: .unread(.commandLine, failure))
      ]
    })
}
