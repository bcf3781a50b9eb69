extension Rule {
  /// A TPM, a watchdog, sound that plays, the bridge to the chipset.
  static let hostService = Rule(
    ofHostUse: .hostService, severity: .warning,
    title: "the device serves the host in some other way",
    page: RulePage(
      meaning: """
        The device plays sound now, has the TPM or the watchdog, or is the ISA bridge or the \
        SMBus of the chipset, behind which are sensors, firmware and more. What uses it on the \
        host stops or fails. Chipset functions share a group as a rule, so they come with what \
        is meant for user space.
        """,
      evidence: [
        "ls -l /dev/tpm0 /dev/watchdog0",
        "cat /proc/asound/card*/pcm*/sub*/status",
        "lspci -nn -d ::0601; lspci -nn -d ::0c05",
      ],
      remedy: """
        Leave the device with the host: a group is viable with these members without a driver, \
        if the host can do without them; else move the card that was meant to a slot with a \
        separate group.
        """,
      kernels: "all",
      source: "kernel-rules §10.3"))
}
