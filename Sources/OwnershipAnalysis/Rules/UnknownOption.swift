import HostModel

extension Rule {
  /// An option for VFIO that no module takes.
  static let unknownOption = Rule(
    slug: .unknownOption, severity: .warning,
    title: "an option for VFIO is misspelt and has no effect",
    page: RulePage(
      meaning: """
        A parameter of a module is written module.parameter=value on the kernel's command line: \
        vfio-pci.ids=10de:1b80. With a dash or an underscore in place of the full stop it has no \
        effect, and nothing but a line in the kernel's log says so. vfio_pci and vfio-pci are the \
        same there; a name that the module does not know is ignored, with a line too.
        """,
      evidence: [
        "cat /proc/cmdline", "dmesg | grep -i -e 'unknown kernel' -e 'unknown parameter'",
      ],
      remedy: "Correct the option in the boot loader's configuration and reboot.",
      kernels: "all; the line about the command line from 5.14",
      source: "kernel-rules §6.2"),
    findings: { context in
      let options = context.host.kernel.commandLine.value?.vfioOptions ?? []
      return options.filter { $0.parameter == nil }.map { option in
        Finding(
          rule: .unknownOption, severity: .warning,
          message: "\(option.name)= on the command line has no effect: a module's parameter is "
            + "written with a full stop, vfio-pci.ids=",
          evidence: [Evidence(path: "proc/cmdline", value: "\(option.name)=\(option.value)")],
          remedy: "correct it in the boot loader's configuration and reboot",
          symptom: "Unknown kernel command line parameters")
      }
    })
}
