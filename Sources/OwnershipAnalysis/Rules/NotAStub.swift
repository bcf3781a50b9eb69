import HostModel

extension Rule {
  /// FAKE-STUB: a driver that is taken for a stub and counts as a kernel driver (§12.1).
  static let notAStub = Rule(
    slug: "not-a-stub", severity: .error,
    title: "a driver taken for a stub counts as a kernel driver",
    page: RulePage(
      meaning: """
        pci-stub does nothing with a device and the kernel knows it. pci-pf-stub, pciback, \
        uio_pci_generic, uio_pci_sva and igb_uio sound alike, but to the kernel they are drivers as any \
        other: on a member of a group they claim it for the kernel, and VFIO is refused.
        """,
      evidence: ["readlink /sys/bus/pci/devices/0000:01:00.1/driver"],
      remedy: "Put the device on pci-stub or vfio-pci instead, or leave it without a driver.",
      kernels: "all",
      messages: [RulePage.Message("QEMU", "group 13 is not viable")],
      source: "kernel-rules §5.1 (not managed), §13 case 16"),
    findings: blockers("not-a-stub") { blamed in
      "move \(Phrase.devices(blamed.map(\.device.name))) to pci-stub or vfio-pci; "
        + "\(blamed.first?.policy.driver?.text ?? "its driver") counts as a kernel driver"
    })
}
