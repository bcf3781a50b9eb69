extension Rule {
  /// A process has a node of the device open.
  static let hostOpenDevice = Rule(
    ofHostUse: .hostOpenDevice, severity: .warning,
    title: "processes have this device open",
    page: RulePage(
      meaning: """
        A process of the host has a node of this device open: /dev/snd, /dev/dri, /dev/nvidia0, \
        /dev/nvme0n1 and the like. Most drivers let go all the same, and the process gets \
        errors. The removal of a sound driver and of NVIDIA's own driver waits until every such \
        file is closed: the unbind does not return, and neither does a virtual machine manager \
        that detaches the device. Only root sees the files of other users.
        """,
      evidence: [
        "fuser -v /dev/snd/* /dev/dri/* /dev/nvidia*",
        "ls -l /proc/*/fd 2>/dev/null | grep /dev/snd",
      ],
      remedy: """
        Stop the process, or let it close the device, before the driver is unbound: for sound \
        pipewire, wireplumber or pulseaudio, for graphics the display server and the services of \
        the driver.
        """,
      kernels: "all",
      source: "kernel-rules §9.2; snd_card_free, nv_pci_remove"))
}
