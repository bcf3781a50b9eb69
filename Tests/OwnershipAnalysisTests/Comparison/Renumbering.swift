import HostModel
import TestSupport

/// A boot at which every bus and every group got another number.
///
/// Root buses keep theirs, as they do while the firmware stays the same.
struct Renumbering {
  private var buses: [Bus: UInt8] = [:]
  private var groups: [GroupNumber: GroupNumber] = [:]

  private struct Bus: Hashable {
    let domain: UInt32
    let number: UInt8
  }

  /// Numbers drawn by chance.
  init(of host: ObservedHost, using randomness: inout Randomness) {
    let roots = Set(
      host.devices.flatMap(\.path.components).filter { $0.hasPrefix("pci") }.compactMap {
        PCIAddress("\($0.dropFirst(3)):00.0").map(Renumbering.bus)
      })
    let all = Set(host.devices.compactMap(\.name.address).map(Renumbering.bus))
    for (_, buses) in Dictionary(grouping: all.subtracting(roots), by: \.domain) {
      let ordered = buses.sorted { $0.number < $1.number }
      for (bus, number) in zip(ordered, ordered.map(\.number).shuffled(using: &randomness)) {
        self.buses[bus] = number
      }
    }
    let numbers = host.groups.map(\.number)
    let shift = UInt32.random(in: 0...3, using: &randomness)
    let others = numbers.map { GroupNumber($0.value + shift) }.shuffled(using: &randomness)
    groups = Dictionary(zip(numbers, others), uniquingKeysWith: { first, _ in first })
  }

  private static func bus(of address: PCIAddress) -> Bus {
    Bus(domain: address.domain, number: address.bus)
  }

  /// The host after it.
  func applied(to host: ObservedHost) -> ObservedHost {
    var vfio = host.vfio
    vfio.groupNodes = vfio.groupNodes.map { $0.map(applied) }
    vfio.openFiles = OpenFileScan(
      files: vfio.openFiles.files.map(applied), coverage: vfio.openFiles.coverage)
    return ObservedHost(
      kernel: host.kernel, firmware: host.firmware, groups: host.groups.map(applied),
      groupListing: host.groupListing, devices: host.devices.map(applied), drivers: host.drivers,
      autoprobe: host.autoprobe, iommus: host.iommus, vfio: vfio,
      interrupts: host.interrupts.map {
        InterruptDelivery(
          remapping: $0.remapping, vfioDevices: Set($0.vfioDevices.map(applied)))
      },
      problems: host.problems.map {
        ReadProblem(path: applied(to: $0.path), failure: $0.failure)
      })
  }

  private func applied(to name: DeviceName) -> DeviceName {
    guard let address = name.address, let bus = buses[Renumbering.bus(of: address)] else {
      return name
    }
    return DeviceName(
      PCIAddress(
        domain: address.domain, bus: bus, slot: address.slot, function: address.function))
  }

  private func applied(to number: GroupNumber) -> GroupNumber { groups[number] ?? number }

  private func applied(to path: HostPath) -> HostPath {
    let parts = path.components
    if parts.starts(with: ["sys", "kernel", "iommu_groups"]), parts.count > 3,
      let number = GroupNumber(parts[3])
    {
      let others = parts.prefix(3).map(String.init) + [applied(to: number).description]
      return HostPath((others + parts.dropFirst(4).map(String.init)).joined(separator: "/")) ?? path
    }
    let others = parts.map { applied(to: DeviceName(String($0))).text }
    return HostPath(others.joined(separator: "/")) ?? path
  }

  private func applied(to device: Device) -> Device {
    var sriov = device.sriov
    switch sriov {
    case .none, .unread: break
    case .virtual(let physical): sriov = .virtual(physicalFunction: applied(to: physical))
    case .physical(var function):
      function.virtualFunctions = function.virtualFunctions.map(applied)
      sriov = .physical(function)
    }
    return Device(
      name: applied(to: device.name), bus: device.bus, path: applied(to: device.path),
      group: device.group.map(applied), driver: device.driver,
      driverOverride: device.driverOverride, identity: device.identity, header: device.header,
      sriov: sriov, vfioDevices: device.vfioDevices, iommu: device.iommu,
      numaNode: device.numaNode, reset: device.reset, activity: device.activity)
  }

  private func applied(to group: IOMMUGroup) -> IOMMUGroup {
    let members = group.members.map { member in
      GroupMember(
        linkName: EntryName(applied(to: DeviceName(member.linkName.text)).text),
        device: applied(to: member.device))
    }
    return IOMMUGroup(
      number: applied(to: group.number), path: applied(to: group.path), type: group.type,
      name: group.name, reservedRegions: group.reservedRegions,
      members: members.sorted { DeviceName($0.linkName.text) < DeviceName($1.linkName.text) })
  }

  private func applied(to node: VFIOGroupNode) -> VFIOGroupNode {
    VFIOGroupNode(group: applied(to: node.group), isNoIOMMU: node.isNoIOMMU)
  }

  private func applied(to file: OpenVFIOFile) -> OpenVFIOFile {
    let target: OpenVFIOFile.Target =
      switch file.target {
      case .group(let node): .group(applied(to: node))
      case .device(let path): .device(path.map(applied))
      case .container, .deviceNode, .iommufd: file.target
      }
    return OpenVFIOFile(
      process: file.process, command: file.command, descriptor: file.descriptor, target: target)
  }
}
