extension Rule {
  /// The device has a disk that is mounted elsewhere, or is part of a volume.
  static let hostMount = Rule(
    ofHostUse: .hostMount, severity: .warning,
    title: "a file system of this device is mounted",
    page: RulePage(
      meaning: """
        A disk of this device has a file system that is mounted and that the host can run \
        without, has the files that it boots from, or is part of a volume or an array. The \
        kernel does not refuse to take the driver away: whatever uses the file system gets \
        errors, data that was not written yet is lost, and an array goes on without the disk.
        """,
      evidence: [
        "cat /proc/self/mountinfo",
        "ls /sys/block/*/holders",
      ],
      remedy: """
        Unmount the file system, and take the disk out of its volume or array, before the device \
        is given away.
        """,
      kernels: "all",
      source: "kernel-rules §9.2, §10.3; del_gendisk"))
}
