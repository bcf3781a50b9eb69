extension Rule {
  /// The device has the disk of /, /usr, /var or swap, at any depth.
  static let hostRootDisk = Rule(
    ofHostUse: .hostRootDisk, severity: .error,
    title: "the host runs from a disk of this device",
    page: RulePage(
      meaning: """
        A file system that the host cannot do without, or swap, lies on a disk of this device, \
        perhaps through partitions, encryption, logical volumes, RAID or a loop device. The \
        kernel does not refuse to take the driver away from a disk in use: the disk is gone at \
        once, reads and writes fail, and the host stops working. A disk of ZFS, or of a btrfs \
        whose members are not seen, counts as one that may be such a disk.
        """,
      evidence: [
        "cat /proc/self/mountinfo /proc/swaps",
        "ls /sys/block/*/holders /sys/block/*/slaves",
        "readlink /sys/block/nvme0n1",
      ],
      remedy: """
        Give another disk away, or boot the host from another one first. If its group must be \
        given for the sake of another member, move that card to a slot with a separate group.
        """,
      kernels: "all",
      source: "kernel-rules §9.2, §10.3; nvme_remove, del_gendisk"))
}
