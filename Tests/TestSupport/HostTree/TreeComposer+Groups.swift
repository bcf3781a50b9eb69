import HostModel
import HostReader

/// IOMMU groups and the IOMMUs that make them.
extension TreeComposer {
  /// What the other parts need to know of a device, whatever its bus.
  struct Member {
    let name: DeviceName
    let linkName: String
    let path: HostPath
    let group: GroupNumber
    let iommu: String?
    let isKnownToVFIO: Bool
  }

  var members: [Member] {
    let functions = host.functions.compactMap { function -> Member? in
      guard let group = function.group, let path = functionPaths[function.name] else {
        return nil
      }
      return Member(
        name: function.name, linkName: function.name.text, path: path, group: group,
        iommu: function.iommu, isKnownToVFIO: function.isKnownToVFIO)
    }
    let others = host.otherDevices.compactMap { device in
      device.group.map {
        Member(
          name: device.name, linkName: device.groupLinkName ?? device.name.text,
          path: device.path, group: $0, iommu: nil, isKnownToVFIO: device.isKnownToVFIO)
      }
    }
    return functions + others
  }

  mutating func composeGroups() {
    directory("sys/kernel/iommu_groups")
    let members = Dictionary(grouping: members, by: \.group)
    for number in Set(members.keys).union(host.groups.keys) {
      let path = "sys/kernel/iommu_groups" / number.description
      let details = host.groups[number] ?? GroupDetails()
      file(path / "type", (details.type ?? ordinaryType) + "\n")
      if let name = details.name { file(path / "name", name + "\n") }
      let regions = (ordinaryRegions + details.regions).sorted { $0.start < $1.start }
      file(path / "reserved_regions", regions.map { "\($0)\n" }.joined())
      directory(path / "devices")
      for member in members[number] ?? [] {
        link(path / "devices" / member.linkName, to: member.path)
        link(member.path / "iommu_group", to: path)
      }
    }
  }

  private var ordinaryType: String {
    if host.commandLine.contains("iommu=pt") { return "identity" }
    return host.version >= KernelVersion(5, 15) ? "DMA-FQ" : "DMA"
  }

  private var ordinaryRegions: [ReservedRegion] {
    let x86 = ReservedRegion(start: 0xfee0_0000, end: 0xfeef_ffff, kind: .msi)
    return switch host.iommu {
    case .none: []
    case .intel, .virtio: [x86]
    case .amd:
      [x86, ReservedRegion(start: 0xfd_0000_0000, end: 0xff_ffff_ffff, kind: .reserved)]
    case .smmuV3: [ReservedRegion(start: 0x800_0000, end: 0x80f_ffff, kind: .msi)]
    }
  }

  mutating func composeIOMMUs() {
    directory("sys/class/iommu")
    let instances = host.iommu.instances
    for instance in instances {
      let path = "sys/devices/virtual/iommu" / instance
      link("sys/class/iommu" / instance, to: path)
      link(path / "subsystem", to: "sys/class/iommu")
      file(path / "uevent", "")
      directory(path / "devices")
      switch host.iommu {
      case .intel:
        file(path / "intel-iommu/version", "1:0\n")
        file(path / "intel-iommu/address", "fed91000\n")
        file(path / "intel-iommu/cap", "d2008c40660462\n")
        file(path / "intel-iommu/ecap", "f050da\n")
        file(path / "intel-iommu/domains_supported", "65536\n")
        file(path / "intel-iommu/domains_used", "15\n")
      case .amd:
        file(path / "amd-iommu/cap", "40\n")
        file(path / "amd-iommu/features", "25bf732fa2295afe:1d\n")
      case .none, .smmuV3, .virtio: break
      }
    }
    guard let first = instances.first else { return }
    for member in members {
      let path = "sys/devices/virtual/iommu" / (member.iommu ?? first)
      link(member.path / "iommu", to: path)
      link(path / "devices" / member.name.text, to: member.path)
    }
  }
}
