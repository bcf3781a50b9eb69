extension Rule {
  /// `/dev/vfio/N` is not there (kernel-rules §11.3 row 1).
  static let groupHasNoNode = Rule(
    forPredictions: .groupHasNoNode,
    title: "the group has no node in /dev/vfio",
    page: RulePage(
      meaning: """
        VFIO makes the node of a group when the first member is bound to a VFIO driver, and removes \
        it with the last. Without a node there is nothing to open.
        """,
      evidence: ["ls /dev/vfio", "ls -l /sys/kernel/iommu_groups/13/devices/*/driver"],
      remedy: "Bind a member to vfio-pci first.",
      kernels: "all",
      source: "kernel-rules §6.3, §8.1, §11.3; group.c:vfio_group_fops_open"))
}
