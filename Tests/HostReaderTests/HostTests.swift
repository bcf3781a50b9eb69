import HostModel
import HostReader
import TestSupport
import Testing

@Suite struct HostTests {
  let host = HostTree.small.observed

  @Test func readsTheKernel() {
    #expect(host.kernel.release == .value("6.12.94"))
    #expect(host.kernel.build.value?.hasSuffix("Debian 6.12.94-1") == true)
    #expect(host.kernel.signature == .absent)
    #expect(host.kernel.commandLine.value?.values(of: .intelIOMMU) == ["on"])
    #expect(host.kernel.symbols == .unread(.notNeeded))
    #expect(host.problems.isEmpty)
  }

  @Test func readsGroupsWithMembersByTarget() throws {
    #expect(host.groupListing == .value(1))
    let group = try #require(host.group(7))
    #expect(group.type == .value(.dma))
    #expect(group.name == .absent)
    #expect(group.reservedRegions.value?.first?.kind == .msi)
    #expect(host.members(of: group).map(\.name.text) == ["0000:00:1f.2", "0000:00:1f.3"])
  }

  @Test func readsDevicesAndDrivers() throws {
    #expect(host.devices.map(\.name.text) == ["0000:00:02.0", "0000:00:1f.2", "0000:00:1f.3"])
    let free = host.devices[0]
    #expect(free.group == .absent && free.driver == .absent)
    #expect(free.driverOverride == .value(.unset))
    #expect(free.numaNode == .absent)
    #expect(free.header == .value(.normal))
    let taken = host.devices[2]
    #expect(taken.identity.value?.idText == "10de:13c2")
    #expect(taken.driver == .value("vfio-pci"))
    #expect(
      taken.vfioDevices == .value([VFIODeviceNode(name: "vfio0", hasCharacterDevice: true)]))
    #expect(taken.activity.enableCount == .value(1))
    #expect(host.drivers.map(\.module) == [.value("ahci"), .value("vfio_pci")])
    #expect(host.autoprobe == [.pci: .value(true), .platform: .value(true)])
    #expect(host.vfio.groupNodes == .value([VFIOGroupNode(group: 7, isNoIOMMU: false)]))
  }

  @Test func aSnapshotReadsAsTheHostItWasTakenOf() throws {
    let composed = SnapshotStore(entries: HostTree.small.entries, unlisted: .absent)
    let host = composed.host(needing: .all)
    let first = composed.recordedHost()
    let entries = try SnapshotFile.parse(first.file)
    let second = SnapshotStore(entries: entries, unlisted: .notCaptured).recordedHost()
    #expect(first.host == host)
    #expect(second.host == host)
    #expect(second.file == first.file)
  }
}
