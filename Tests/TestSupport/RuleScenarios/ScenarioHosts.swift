import HostModel

/// The few hosts that the scenarios vary.
extension HostTree {
  enum Distribution {
    /// Before DMA ownership: VFIO looks at viability when a device is opened.
    case debian11
    /// Ownership, `vfio-dev`.
    case debian12
    /// All that a Debian kernel has today.
    case debian13
    /// A kernel of one's own, with device nodes.
    case mainline(String)
  }

  static func on(_ distribution: Distribution, iommu: IOMMUSetup = .intel()) -> HostTree {
    switch distribution {
    case .debian11:
      HostTree(
        kernel: "5.10.0-30-amd64", build: "#1 SMP Debian 5.10.218-1 (2024-06-01)", iommu: iommu)
    case .debian12:
      HostTree(
        kernel: "6.1.0-37-amd64", build: "#1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1 (2025-05-22)",
        iommu: iommu)
    case .debian13:
      HostTree(
        kernel: "6.12.94+deb13-amd64",
        build: "#1 SMP PREEMPT_DYNAMIC Debian 6.12.94-1 (2026-06-20)", iommu: iommu)
    case .mainline(let release): HostTree(kernel: release, iommu: iommu)
    }
  }

  /// A desktop: host bridge (group 0), root port (group 1), a graphics card and its audio function
  /// (group 13), both on vfio-pci and closed.
  static func desktop(
    on distribution: Distribution = .debian13, iommu: IOMMUSetup = .intel(),
    adjust: (inout HostTree) -> Void = { _ in }
  ) -> HostTree {
    var host = on(distribution, iommu: iommu)
    host.add(
      PCIFunction("0000:00:00.0", class: 0x060000, id: "8086:3e30", group: 0),
      PCIFunction("0000:00:01.0", class: 0x060400, id: "8086:1901", driver: "pcieport", group: 1),
      PCIFunction(
        "0000:01:00.0", class: 0x030000, id: "10de:13c2", driver: "vfio-pci", group: 13,
        parent: "0000:00:01.0", override: "vfio-pci"),
      PCIFunction(
        "0000:01:00.1", class: 0x040300, id: "10de:0fbb", driver: "vfio-pci", group: 13,
        parent: "0000:00:01.0", override: "vfio-pci"))
    adjust(&host)
    return host
  }

  /// The audio function of `desktop` on another driver, or on none.
  mutating func putAudio(on driver: DriverName?, override: DriverName? = nil) {
    self["0000:01:00.1"].driver = driver
    self["0000:01:00.1"].driverOverride = override
  }

  /// QEMU has the graphics card of `desktop` open, through group and container.
  mutating func openGraphics(vectors: Int = 1) {
    self["0000:01:00.0"].use = .open(vectors: vectors)
    processes.append(
      HostProcess(
        4711, "qemu-system-x86",
        files: [21: "/dev/vfio/vfio", 22: "/dev/vfio/13", 24: "anon_inode:[vfio-device]"],
        devices: [24: "0000:01:00.0"]))
    modules["vfio_iommu_type1"] = ModuleDetails(useCount: 1)
    modules["vfio_pci"] = ModuleDetails(useCount: 1)
  }

  /// A machine with a network card and a disk and no group at all.
  static func withoutGroups(
    on distribution: Distribution = .debian13, adjust: (inout HostTree) -> Void = { _ in }
  ) -> HostTree {
    var host = on(distribution, iommu: .none)
    host.add(
      PCIFunction("0000:00:00.0", class: 0x060000, id: "8086:29c0"),
      PCIFunction("0000:00:1f.2", class: 0x010601, id: "8086:2922", driver: "ahci"),
      PCIFunction("0000:00:19.0", class: 0x020000, id: "8086:10d3", driver: "e1000e"))
    adjust(&host)
    return host
  }

  /// The same machine with its IOMMU at work: a group for each function.
  static func withGroups(
    on distribution: Distribution = .debian13, iommu: IOMMUSetup = .intel(),
    adjust: (inout HostTree) -> Void = { _ in }
  ) -> HostTree {
    var host = on(distribution, iommu: iommu)
    host.functions = withoutGroups().functions
    for (index, name) in host.functions.map(\.name).enumerated() {
      host[name].group = GroupNumber(UInt32(index))
    }
    adjust(&host)
    return host
  }

  /// A network card with two virtual functions, each with a separate group.
  static func networkCard(
    autoprobe: Bool = true, adjust: (inout HostTree) -> Void = { _ in }
  ) -> HostTree {
    var host = on(.debian13)
    host.register("vfio-pci")
    host.add(
      PCIFunction("0000:00:02.0", class: 0x060400, id: "8086:347a", driver: "pcieport", group: 10),
      PCIFunction(
        "0000:3b:00.0", class: 0x020000, id: "8086:1572", driver: "i40e", group: 20,
        parent: "0000:00:02.0", sriov: .physical(total: 64, autoprobe: autoprobe)),
      PCIFunction(
        "0000:3b:02.0", class: 0x020000, id: "8086:154c", driver: "iavf", group: 21,
        sriov: .virtual(of: "0000:3b:00.0")),
      PCIFunction(
        "0000:3b:02.1", class: 0x020000, id: "8086:154c", driver: "iavf", group: 22,
        sriov: .virtual(of: "0000:3b:00.0")))
    adjust(&host)
    return host
  }
}
