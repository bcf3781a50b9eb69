import HostModel
import HostReader
import TestSupport
import Testing

/// What the readers make of the answers, the odd ones above all.
@Suite struct InquiryTests {
  private let first: HostPath = "sys/devices/pci0000:00/0000:00:1f.2"

  private func host(_ changes: SnapshotEntries) -> ObservedHost {
    HostTree.small.entries.merging(changes) { _, new in new }.observed
  }

  private func problems(_ changes: SnapshotEntries) -> [String] {
    host(changes).problems.map(\.description)
  }

  @Test func aMalformedIdentityIsReportedAndTheRestIsRead() throws {
    let host = host([first / "vendor": .text("8086\u{1b}[31m")])
    let device = try #require(host.device(at: first))
    #expect(device.identity == .unread(.malformed("8086\\x1b[31m")))
    #expect(device.driver == .value("ahci"))
    #expect(host.problems.map(\.path) == [first / "vendor"])
  }

  @Test func aNumberThatIsTooLargeIsNotTruncated() throws {
    let host = host([first / "device": .text("0x11533")])
    #expect(try #require(host.device(at: first)).identity.failure != nil)
  }

  @Test func oneMalformedReservedRegionLeavesAllOfItsGroupUnread() throws {
    let path: HostPath = "sys/kernel/iommu_groups/7/reserved_regions"
    let host = host([path: .text("0x0 0xfff direct\nnonsense")])
    #expect(try #require(host.group(7)).reservedRegions.failure != nil)
    #expect(host.problems.map(\.path) == [path])
  }

  @Test func aMemberIsIdentifiedByTheTargetOfItsLink() throws {
    let host = host([
      "sys/kernel/iommu_groups/7/devices/AMDI0010:00.0": .link(
        "../../../../devices/auxiliary/AMDI0010:00"),
      "sys/devices/auxiliary/AMDI0010:00/subsystem": .link("../../../bus/odd"),
      "sys/devices/auxiliary/AMDI0010:00/iommu_group": .link("../../../kernel/iommu_groups/7"),
    ])
    let group = try #require(host.group(7))
    let member = try #require(host.members(of: group).last)
    #expect(member.bus == "odd")
    #expect(member.name == "AMDI0010:00")
    #expect(group.members.last?.linkName == "AMDI0010:00.0")
    #expect(host.problems.isEmpty)
  }

  @Test func aPlatformDeviceIsKeptOnlyWithAGroup() {
    let device: HostPath = "sys/devices/platform/one"
    let link: SnapshotEntries = [
      "sys/bus/platform/devices/one": .link("../../../devices/platform/one"),
      device / "driver_override": .text("(null)"),
    ]
    #expect(host(link).device(at: device) == nil)
    let group: SnapshotEntries = [
      device / "iommu_group": .link("../../../kernel/iommu_groups/7"),
      "sys/kernel/iommu_groups/7/devices/one": .link("../../../../devices/platform/one"),
    ]
    let host = host(link.merging(group) { _, new in new })
    #expect(host.device(at: device)?.bus == .platform)
    #expect(host.problems.isEmpty)
  }

  @Test func aGroupThatOnlyADeviceNamesIsAddedAndReported() throws {
    let host = host([first / "iommu_group": .link("../../../kernel/iommu_groups/9")])
    let group = try #require(host.group(9))
    #expect(group.type.failure == .vanished)
    #expect(group.members.map(\.device) == [first])
    #expect(host.problems.map(\.path) == [group.path])
  }

  @Test func aMemberThatItsGroupDoesNotListIsAddedAndReported() throws {
    let other: HostPath = "sys/devices/pci0000:00/0000:00:02.0"
    let host = host([other / "iommu_group": .link("../../../kernel/iommu_groups/7")])
    #expect(try #require(host.group(7)).members.first?.device == other)
    #expect(host.problems.map(\.path) == [HostPath("sys/kernel/iommu_groups/7")])
  }

  @Test func anEmptyDirectoryOfGroupsDiffersFromAMissingOne() {
    let none = HostTree.small.entries.filter { !$0.key.relative.hasPrefix("sys/kernel") }
      .filter { $0.key.name != "iommu_group" }
    #expect(none.observed.groupListing == .absent)
    let empty = none.merging(["sys/kernel/iommu_groups": .directory]) { _, new in new }
    #expect(empty.observed.groupListing == .value(0))
    let refused = none.merging(
      ["sys/kernel/iommu_groups": .failed(.refused(.permissionDenied))]
    ) { _, new in new }
    #expect(refused.observed.groupListing.failure != nil)
  }

  @Test(
    arguments: [
      ("../../../../../../etc/passwd", "a link that leads out of the tree"),
      ("/etc/passwd", "a link that leads out of the tree"),
      ("../../../kernel/x", "malformed: leads to /sys/kernel/x"),
    ])
  func aDeviceLinkThatLeadsElsewhereIsReported(target: String, reason: String) {
    let host = host(["sys/bus/pci/devices/0000:09:00.0": .link(target)])
    #expect(host.devices.count == 3)
    #expect(host.problems.map(\.description) == ["/sys/bus/pci/devices/0000:09:00.0: \(reason)"])
  }

  /// Each directory on the way to a device is looked for among the devices, by everything that
  /// follows connections.
  @Test func aDeviceTooDeepToBeOpenedIsReported() {
    let long = String(repeating: "a/", count: AttributeLimit.depth)
    let host = host(["sys/bus/pci/devices/0000:09:00.0": .link("../../../devices/\(long)b")])
    #expect(host.devices.count == 3)
    #expect(host.problems.map(\.path) == ["sys/bus/pci/devices/0000:09:00.0"])
  }

  @Test func aDeviceThatVanishesAfterTheListingIsReported() {
    let host = host([
      "sys/bus/pci/devices/0000:09:00.0": .link("../../../devices/pci0000:00/0000:09:00.0"),
      "sys/kernel/iommu_groups/7/devices/0000:09:00.0": .link(
        "../../../../devices/pci0000:00/0000:09:00.0"),
    ])
    #expect(host.devices.count == 3)
    #expect(
      host.problems == [
        ReadProblem(path: "sys/devices/pci0000:00/0000:09:00.0", failure: .vanished)
      ])
  }

  @Test func pathsAreShownWithoutEscapeSequences() {
    let texts = problems(["sys/bus/pci/devices/\u{1b}]0;x\u{7}": .link("../../../devices/\u{1b}")])
    #expect(texts.count == 1)
    #expect(texts.allSatisfy { $0.utf8.allSatisfy { 0x20...0x7e ~= $0 } })
  }

  @Test func virtualFunctionsAreCountedByTheirLinks() throws {
    var tree = HostTree.small
    tree["0000:00:1f.2"].sriov = .physical(total: 8, autoprobe: false)
    tree.add(
      PCIFunction(
        "0000:00:1f.6", class: 0x020000, id: "8086:1533", sriov: .virtual(of: "0000:00:1f.2")))
    var entries = tree.entries
    entries[first / "sriov_numvfs"] = .failed(.timedOut)
    let host = entries.observed
    guard case .physical(let function) = try #require(host.device(at: first)).sriov else {
      Issue.record("no physical function")
      return
    }
    #expect(function.totalVFs == .value(8))
    #expect(function.driversAutoprobe == .value(false))
    #expect(function.virtualFunctions == ["sys/devices/pci0000:00/0000:00:1f.6"])
    #expect(
      host.device(at: "sys/devices/pci0000:00/0000:00:1f.6")?.sriov
        == .virtual(physicalFunction: first))
    #expect(host.problems.isEmpty)
  }

  @Test func headerAndResetFollowFromTheExistenceOfAttributes() throws {
    let host = host([
      first / "secondary_bus_number": .present,
      first / "reset": .present,
      "sys/devices/pci0000:00/0000:00:1f.3/reset_method": .text("flr bus"),
    ])
    #expect(try #require(host.device(at: first)).header == .value(.bridge))
    #expect(try #require(host.device(at: first)).reset == .value(ResetSupport(methods: [])))
    #expect(
      host.device(at: "sys/devices/pci0000:00/0000:00:1f.3")?.reset
        == .value(ResetSupport(methods: ["flr", "bus"])))
    #expect(host.problems.isEmpty)
  }

  @Test func anOverrideThatTimesOutIsUnreadAndReported() throws {
    let host = host([first / "driver_override": .failed(.timedOut)])
    #expect(try #require(host.device(at: first)).driverOverride == .unread(.timedOut))
    #expect(host.problems.count == 1)
  }
}
