extension Rule {
  /// ENOMEM at MAP_DMA.
  static let memoryLockLimit = Rule(
    forMessages: .memoryLockLimit,
    title: "the program may not lock the memory of the guest",
    page: RulePage(
      meaning: """
        VFIO pins all memory that the device can reach, and counts it against the limit RLIMIT_MEMLOCK \
        of the program; the usual limit of a few megabytes is less than any guest has. libvirt raises \
        the limit itself and needs the right to do so, which it lacks in a user session and in an \
        unprivileged container.
        """,
      evidence: [
        "ulimit -l",
        "prlimit --memlock --pid $(pidof qemu-system-x86_64)",
      ],
      remedy: """
        Raise the limit above the guest's memory: LimitMEMLOCK=infinity in the service, memlock in \
        /etc/security/limits.conf, hard_limit in libvirt's memtune, or CAP_IPC_LOCK.
        """,
      kernels: "all",
      source: "kernel-rules §7.3; type1.c:vfio_pin_pages_remote"))
}
