extension Rule {
  /// A write to sriov_numvfs (kernel-rules §6.4).
  static let sriovRefused = Rule(
    forMessages: .sriovRefused,
    title: "virtual functions cannot be made or changed",
    page: RulePage(
      meaning: """
        sriov_numvfs answers ENOENT when no driver, or one that does not manage VFs, is bound to the \
        physical function (vfio-pci without enable_sriov, pci-stub, i915 up to now); ERANGE above \
        sriov_totalvfs; EBUSY while another number of VFs exists; ENOMEM when the firmware left no room \
        in the address windows or bus numbers of the slot.
        """,
      evidence: [
        "cat /sys/bus/pci/devices/0000:3b:00.0/sriov_totalvfs",
        "readlink /sys/bus/pci/devices/0000:3b:00.0/driver",
        "ls -d /sys/bus/pci/devices/0000:3b:00.0/virtfn*",
        "dmesg | grep 0000:3b:00.0",
      ],
      remedy: """
        ENOENT: bind the driver of the vendor, or pci-pf-stub. EBUSY: write 0 first. ERANGE: write less. \
        ENOMEM: switch on SR-IOV, Above 4G decoding and ARI in the firmware set-up, or boot with \
        pci=realloc.
        """,
      kernels: "all",
      source: "kernel-rules §6.4, §11.5; iov.c:sriov_numvfs_store"))
}
