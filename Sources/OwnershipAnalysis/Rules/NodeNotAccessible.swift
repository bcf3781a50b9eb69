extension Rule {
  /// EACCES or EPERM for a node of VFIO (kernel-rules §7.1).
  static let nodeNotAccessible = Rule(
    forMessages: .nodeNotAccessible,
    title: "the user, the container or the device cgroup may not open the node",
    page: RulePage(
      meaning: """
        /dev/vfio/N belongs to root with mode 0600 unless a udev rule says otherwise, and EACCES comes \
        from its owner and mode. EPERM comes from the device cgroup of a container or a service, or, \
        for /dev/vfio/noiommu-N, from the lack of CAP_SYS_RAWIO. A container can also lack the node. \
        Bindings and viability have no part in it.
        """,
      evidence: [
        "ls -l /dev/vfio",
        "id",
        "cat /proc/self/cgroup",
      ],
      remedy: """
        Give the user the node with a udev rule (SUBSYSTEM=="vfio", OWNER="user"), or run the program \
        as root; in a container, allow the device: --device /dev/vfio/N --device /dev/vfio/vfio, or \
        the device plugin of the cluster. libvirt gives QEMU the nodes by itself.
        """,
      kernels: "all",
      source: "kernel-rules §7.1, §7.7; group.c:vfio_group_fops_open"))
}
