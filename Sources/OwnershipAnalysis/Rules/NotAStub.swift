import HostModel

extension Rule {
  /// FAKE-STUB: a driver that is taken for a stub and counts as a kernel driver (§12.1).
  static let notAStub = Rule(
    slug: .notAStub, severity: .error,
    title: "a driver taken for a stub counts as a kernel driver",
    page: RulePage(
      meaning: """
        pci-stub does nothing with a device and the kernel knows it. pci-pf-stub, pciback, \
        uio_pci_generic, uio_pci_sva and igb_uio sound alike, but to the kernel they are drivers like any \
        other: on a member of a group they claim it for the kernel, and VFIO is refused.
        """,
      evidence: ["readlink /sys/bus/pci/devices/0000:01:00.1/driver"],
      remedy: """
        Put the device on pci-stub or vfio-pci instead, or leave it without a driver. vfio-pci \
        refuses a physical function while its VFs exist; pci-stub does not.
        """,
      kernels: "all",
      source: "kernel-rules §5.1 (not managed), §13 case 16"),
    findings: blockers(.notAStub) { blamed, context in
      Placement.remedy(for: blamed, in: context, clause: notAStubRemedy) + "; "
        + "\(blamed.first?.policy.driver?.text ?? "its driver") counts as a kernel driver"
    })

  @Sendable private static func notAStubRemedy(
    _ place: Placement, _ devices: [DeviceName]
  ) -> String {
    let names = Phrase.devices(devices)
    let isOne = devices.count == 1
    return switch place {
    case .vfio(let driver): "move \(names) to pci-stub or \(driver)"
    case .unbound: "unbind \(names)"
    case .denylisted(let isCertain):
      "move \(names) to pci-stub: vfio-pci \(isCertain ? "" : "of some kernels ")refuses "
        + "\(isOne ? "it" : "them") by its denylist"
    case .hasVirtualFunctions:
      "move \(names) to pci-stub: vfio-pci refuses \(isOne ? "it while it has" : "them while they have") "
        + "VFs"
    case .uncertain(let refused): "unbind \(names): \(refused.text)"
    }
  }
}
