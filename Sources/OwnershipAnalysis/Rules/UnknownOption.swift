extension Rule {
  /// An option that nothing knows.
  static let unknownOption = Rule(
    forMessages: .unknownOption,
    title: "the kernel or the module does not know the option",
    page: RulePage(
      meaning: """
        A parameter of a module is written module.parameter=value on the kernel's command line: \
        vfio-pci.ids=10de:1b80. With a dash or an underscore in place of the full stop, or a misspelt \
        name, it has no effect, and nothing but this line says so. vfio_pci and vfio-pci are the same \
        there.
        """,
      evidence: [
        "cat /proc/cmdline",
        "modinfo -p vfio_pci",
      ],
      remedy: """
        Correct the option in the boot loader's configuration and reboot.
        """,
      kernels: "all; the line about the command line from 5.14",
      source: "kernel-rules §6.2"))
}
