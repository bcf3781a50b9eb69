extension Rule {
  /// A group's default domain cannot be changed now (kernel-rules §9.1).
  static let groupTypeInUse = Rule(
    forPredictions: .groupTypeInUse,
    title: "the group's type cannot be changed while it is used",
    page: RulePage(
      meaning: """
        The type of a group's default domain can be changed only while the group is not in use. Up to \
        6.3 that means a group of one device without any driver; from 6.4 a group without kernel \
        drivers that user space does not own.
        """,
      evidence: ["cat /sys/kernel/iommu_groups/13/type"],
      remedy: "Unbind the members' kernel drivers and stop the user of the group first.",
      kernels: "from 5.11; up to 5.10 the file is read-only",
      source: "kernel-rules §9.1, §13 case 47; iommu.c:iommu_group_store_type"))
}
