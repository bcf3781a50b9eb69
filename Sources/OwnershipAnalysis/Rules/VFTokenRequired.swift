import HostModel

extension Rule {
  /// A VF and its PF are both on vfio-pci (kernel-rules §7.2).
  static let vfTokenRequired = Rule(
    slug: .vfTokenRequired, severity: .info,
    title: "a virtual function can be opened only with the token of its physical function",
    page: RulePage(
      meaning: """
        Where vfio-pci has the physical function too, the user of that function could spy on its \
        virtual functions. So opening a virtual function takes a token, a UUID that the user of the \
        physical function has set, and answers EACCES without it or with another one, EINVAL when \
        there is a token and the physical function is not on vfio-pci.
        """,
      evidence: [
        "readlink /sys/bus/pci/devices/0000:3b:02.0/physfn/driver",
        "cat /sys/module/vfio_pci/parameters/enable_sriov",
      ],
      remedy: """
        Give both programs the same token (QEMU: vf-token=UUID, DPDK: --vfio-vf-token=UUID), or make \
        the virtual functions with the vendor's driver or pci-pf-stub on the physical function.
        """,
      kernels: "from 5.7; through device nodes from 6.18",
      source: "kernel-rules §6.4, §7.2; vfio_pci_core.c:vfio_pci_validate_vf_token"),
    findings: { context in
      context.host.devices.compactMap { Finding(tokenFor: $0, in: context) }
    })
}

extension Finding {
  fileprivate init?(tokenFor device: Device, in context: AuditContext) {
    guard case .virtual(let path) = device.sriov, DriverPolicy(of: device).isVFIO,
      let parent = context.host.device(at: path), parent.driver.value == "vfio-pci"
    else { return nil }
    self.init(
      rule: .vfTokenRequired, severity: .info, group: device.group.value,
      devices: [device.name, parent.name],
      message: "\(device.name) needs a VF token to be opened: its physical function "
        + "\(parent.name) is on vfio-pci too",
      evidence: [device, parent].map {
        Evidence(path: $0.path / "driver", value: $0.driver.value?.text)
      },
      remedy:
        "give the programs of both the same token, or keep \(parent.name) on its kernel driver",
      symptom: "VF token required to access device")
  }
}
