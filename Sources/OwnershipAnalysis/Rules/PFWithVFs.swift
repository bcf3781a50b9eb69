import HostModel

extension Rule {
  /// PF-VFS: vfio-pci is wanted on a physical function that has VFs (kernel-rules §6.1, §12.1).
  static let pfWithVFs = Rule(
    slug: .pfWithVFs, severity: .error,
    title: "vfio-pci refuses a physical function while its VFs exist",
    page: RulePage(
      meaning: """
        vfio-pci and its variants do not bind to an SR-IOV physical function that has virtual \
        functions enabled. The VFs must go first. After the bind new VFs can be made only with \
        vfio-pci's parameter enable_sriov, else the write to sriov_numvfs fails with ENOENT.
        """,
      evidence: [
        "ls -d /sys/bus/pci/devices/0000:03:00.0/virtfn*",
        "cat /sys/bus/pci/devices/0000:03:00.0/driver_override",
      ],
      remedy: """
        Write 0 to sriov_numvfs of the physical function while no VF is in use, then bind it; or \
        pass the VFs through and leave the physical function to its driver.
        """,
      kernels: "all; up to 5.12 the shell shows ENODEV instead of EBUSY",
      source: "kernel-rules §6.1 row 3, §6.4; vfio_pci_core.c:vfio_pci_core_register_device"),
    findings: { context in
      context.host.devices.compactMap { device in
        guard case .physical(let function) = device.sriov, !function.virtualFunctions.isEmpty,
          device.driver.failure == nil,
          let wanted = Intent.vfioDriver(wantedFor: device, in: context),
          !DriverPolicy(of: device).isVFIO, DriverPolicy(of: device).failure == nil
        else { return nil }
        let errno = context.behavior.bindErrnoText(ofFailedProbe: .busy)
        let count = function.virtualFunctions.count
        return Finding(
          rule: .pfWithVFs, severity: .error, group: device.group.value, devices: [device.name],
          message: "\(device.name) has \(count) VF\(count == 1 ? "" : "s"): binding it to "
            + "\(wanted) answers \(errno)",
          evidence: [
            Evidence(path: device.path / "driver_override", value: wanted.text),
            Evidence(
              path: device.path / "virtfn0",
              value: function.virtualFunctions.first.map { String($0.name) }),
          ],
          remedy: "write 0 to \(device.path / "sriov_numvfs") while no VF is in use, or pass the "
            + "VFs through instead",
          symptom: "Cannot bind to PF with SR-IOV enabled")
      }
    },
    questions: { context in
      context.host.devices.compactMap { device in
        guard device.bus == .pci, !DriverPolicy(of: device).isVFIO else { return nil }
        var conditions = Conditions()
        switch device.sriov {
        case .physical(let function): conditions.require(!function.virtualFunctions.isEmpty)
        case .none, .virtual: return nil
        case .unread(let failure):
          conditions.require(unlessUnread: .unread(.sriovRole(device.name), failure))
        }
        conditions.require(Intent.isForVFIO(device, in: context), .driverOverride(device.name)) {
          $0 == true
        }
        // On a VFIO driver already, it is not refused.
        conditions.require(device.driver, .driver(device.name)) { _ in true }
        if let failure = DriverPolicy(of: device).failure {
          conditions.require(unlessUnread: .unread(.registration(device.name), failure))
        }
        return conditions.doubt.map {
          OpenQuestion(
            rule: .pfWithVFs, severity: .error, group: device.group.value, devices: [device.name],
            doubt: $0)
        }
      }
    })
}
