import HostModel
import HostReader

/// Modules, VFIO's devices and nodes.
extension TreeComposer {
  mutating func composeModules() {
    var names = Set(host.modules.keys)
    let bound = host.functions.compactMap(\.driver) + host.otherDevices.compactMap(\.driver)
    names.formUnion((bound + host.idleDrivers.map(\.name)).compactMap(DriverModules.module))
    let usesVFIO = names.contains { $0.text.hasPrefix("vfio") || $0.text.hasSuffix("vfio_pci") }
    if usesVFIO { names.formUnion(["vfio", "vfio_iommu_type1"]) }
    if host.hasDeviceNodes { names.insert("iommufd") }
    names.subtract(host.missingModules)
    for name in names {
      let path = "sys/module" / name.text
      let details = host.modules[name] ?? ModuleDetails()
      file(path / "initstate", "live\n")
      file(path / "refcnt", "\(details.useCount ?? 0)\n")
      let ordinary = DriverModules.ordinaryParameters[name] ?? [:]
      for (parameter, value) in ordinary.merging(details.parameters, uniquingKeysWith: { $1 }) {
        file(path / "parameters" / parameter, value + "\n")
      }
    }
    if usesVFIO { writeOnly("dev", "vfio/vfio") }
    if host.hasDeviceNodes { writeOnly("dev", "iommu") }
  }

  /// `vfio-dev/vfioN` below a device (from 6.1); from 6.6 an unbind removes it before it waits.
  mutating func composeVFIODevice(at path: HostPath, index: Int, isUnbinding: Bool) {
    guard host.version >= KernelVersion(6, 1) else { return }
    if isUnbinding, host.version >= KernelVersion(6, 6) { return }
    let name = "vfio\(index)"
    let directory = path / "vfio-dev" / name
    link(directory / "subsystem", to: "sys/class/vfio-dev")
    link(directory / "device", to: path)
    link("sys/class/vfio-dev" / name, to: directory)
    let hasNode = host.hasDeviceNodes && host.version >= KernelVersion(6, 6)
    file(
      directory / "uevent",
      hasNode ? "MAJOR=511\nMINOR=\(index)\nDEVNAME=vfio/devices/\(name)\n" : "")
    guard hasNode else { return }
    file(directory / "dev", "511:\(index)\n")
    writeOnly("dev/vfio/devices", name)
  }

  mutating func composeVFIONodes() {
    let nodes = Set(
      members.filter(\.isKnownToVFIO).map {
        VFIOGroupNode(
          group: $0.group, isNoIOMMU: host.groups[$0.group]?.name == "vfio-noiommu")
      } + host.extraGroupNodes)
    for (minor, node) in nodes.sorted(by: { $0.group < $1.group }).enumerated() {
      let path = "sys/devices/virtual/vfio" / node.name
      link("sys/class/vfio" / node.name, to: path)
      link(path / "subsystem", to: "sys/class/vfio")
      file(path / "dev", "243:\(minor)\n")
      file(path / "uevent", "MAJOR=243\nMINOR=\(minor)\nDEVNAME=vfio/\(node.name)\n")
      writeOnly("dev/vfio", node.name)
    }
  }
}
