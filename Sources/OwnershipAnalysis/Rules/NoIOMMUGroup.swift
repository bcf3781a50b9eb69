import HostModel

extension Rule {
  /// NO-GROUP: a PCI device without a group on a host that has groups (kernel-rules §12.1).
  static let noIOMMUGroup = Rule(
    slug: .noIOMMUGroup, severity: .error,
    title: "a device has no IOMMU group",
    page: RulePage(
      meaning: """
        VFIO takes only devices that an IOMMU isolates, that is, members of a group. A device \
        without one is not behind any IOMMU that is switched on: the firmware leaves it out, or the \
        kernel excludes it (integrated graphics with CONFIG_INTEL_IOMMU_DEFAULT_ON_INTGPU_OFF).
        """,
      evidence: [
        "ls -l /sys/bus/pci/devices/0000:00:02.0/iommu_group",
        "dmesg | grep -e DMAR -e AMD-Vi -e 'Adding to iommu group'",
      ],
      remedy: """
        For integrated graphics on Intel, boot with intel_iommu=on. Else look for the device's IOMMU \
        in the firmware set-up. On a machine with a device tree the tree decides: a controller whose \
        node has no iommus property has no IOMMU, and no option changes that.
        """,
      kernels: "all; up to 5.12 bind answers ENODEV, from 5.14 EINVAL",
      source: "kernel-rules §6.1 row 5, §7.7; vfio_main.c:vfio_group_find_or_alloc"),
    findings: { context in
      guard context.hasIsolatedGroup, let mode = context.host.vfio.noIOMMUMode.readValue,
        mode != true
      else { return [] }
      let without = context.host.devices.filter { $0.bus == .pci && $0.group.isAbsent }
      let wanted = without.filter { Intent.vfioDriver(wantedFor: $0, in: context) != nil }
      let others = without.filter { Intent.vfioDriver(wantedFor: $0, in: context) == nil }
      return wanted.map { Finding(withoutGroup: [$0], isWanted: true, in: context) }
        + (others.isEmpty
          ? [] : [Finding(withoutGroup: others, isWanted: false, in: context)])
    },
    questions: { context in
      guard context.hasIsolatedGroup, context.host.vfio.noIOMMUMode.value != true else { return [] }
      let unlisted = context.host.unlistedDevice.map {
        OpenQuestion(rule: .noIOMMUGroup, severity: .error, doubt: $0)
      }
      let listed = Set(
        context.host.devices.contains { $0.group.failure != nil }
          ? context.host.groups.flatMap(\.members).map(\.device) : [])
      return [unlisted].compactMap(\.self)
        + context.host.devices.compactMap { device in
          guard device.bus == .pci, device.group.value == nil, !listed.contains(device.path) else {
            return nil
          }
          var conditions = Conditions()
          conditions.require(Intent.isForVFIO(device, in: context), .driverOverride(device.name)) {
            $0 == true
          }
          conditions.require(device.group, .group(device.name)) { $0 == nil }
          conditions.require(context.host.vfio.noIOMMUMode, .noIOMMUMode) { $0 != true }
          return conditions.doubt.map {
            OpenQuestion(
              rule: .noIOMMUGroup, severity: .error, devices: [device.name], doubt: $0)
          }
        }
    })
}

extension ObservedHost {
  /// A PCI function that the bus may have and that was not read: it can be one without a group.
  fileprivate var unlistedDevice: Doubt? {
    let bus: HostPath = "sys/bus/pci"
    let list = bus / "devices"
    let problem = problems.first { problem in
      guard problem.failure != .vanished else { return false }
      if problem.path == bus || problem.path == list { return true }
      return problem.path.parent == list
        && devices(named: DeviceName(String(problem.path.name))).isEmpty
    }
    return problem.map { .unread(.devicesOfBus(.pci), $0.failure) }
  }
}

extension Finding {
  fileprivate init(withoutGroup devices: [Device], isWanted: Bool, in context: AuditContext) {
    let errno = context.behavior.bindErrnoText(ofFailedProbe: .invalid)
    let names = devices.map(\.name)
    self.init(
      rule: .noIOMMUGroup, severity: isWanted ? .error : .info, devices: names,
      message: "\(Phrase.devices(names)) \(names.count == 1 ? "has" : "have") no IOMMU group: "
        + "binding to vfio-pci answers \(errno)",
      evidence: devices.map { Evidence(path: $0.path / "iommu_group", value: nil) },
      remedy: NoIOMMUGroupAdvice.remedy(for: devices, on: context.host),
      symptom: "no iommu_group found: No such file or directory")
  }
}
