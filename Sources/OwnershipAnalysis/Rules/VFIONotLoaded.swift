extension Rule {
  /// VFIO's drivers are not in the kernel or not loaded.
  static let vfioNotLoaded = Rule(
    forMessages: .vfioNotLoaded,
    title: "VFIO is not there: its modules are not loaded, or the kernel has none",
    page: RulePage(
      meaning: """
        Without the module vfio there is no /dev/vfio/vfio, and without vfio-pci there is no \
        /sys/bus/pci/drivers/vfio-pci to write to. Loading vfio-pci loads the others. modprobe finds no \
        module where the kernel was built without it, where it is built in, or where the running \
        kernel is older than the modules that an update has left in /lib/modules. The module is called \
        vfio_pci, and its driver vfio-pci.
        """,
      evidence: [
        "lsmod | grep vfio",
        "ls /sys/bus/pci/drivers/vfio-pci /dev/vfio",
        "grep VFIO /boot/config-$(uname -r)",
      ],
      remedy: """
        modprobe vfio-pci; to have it at every boot, name it in /etc/modules-load.d. After an update \
        of the kernel, reboot first.
        """,
      kernels: "all",
      source: "kernel-rules §6.2, §8.1"))
}
