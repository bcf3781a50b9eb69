extension Rule {
  /// EACCES or EROFS for a file of sysfs.
  static let sysfsNotWritable = Rule(
    forMessages: .sysfsNotWritable,
    title: "a file of sysfs may not be written here",
    page: RulePage(
      meaning: """
        bind, unbind, driver_override, new_id and sriov_numvfs can be written by root only. In \
        sudo echo X > FILE it is the shell of the ordinary user that opens the file. Most containers \
        have sysfs mounted read-only. VFIO was not asked at all.
        """,
      evidence: [
        "id -u",
        "ls -l /sys/bus/pci/drivers/vfio-pci/bind",
        "grep sysfs /proc/mounts",
      ],
      remedy: """
        Write as root: echo X | sudo tee FILE. In a container, do it on the host itself.
        """,
      kernels: "all",
      source: "kernel-rules §4"))
}
