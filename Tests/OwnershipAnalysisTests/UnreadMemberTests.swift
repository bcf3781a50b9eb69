import HostModel
import HostReader
import OwnershipAnalysis
import SystemCalls
import TestSupport
import Testing

/// A member of a group whose link cannot be read is unread, not absent.
@Suite struct UnreadMemberTests {
  private static let fixture = Fixture.host("gpu-audio-mixed-group")
  /// Of the audio function on a kernel driver, which keeps the group from user space.
  private static let link: HostPath = "sys/kernel/iommu_groups/1/devices/0000:01:00.1"
  private static let listed: HostPath = "sys/bus/pci/devices/0000:01:00.1"

  private static func entries() throws -> SnapshotEntries {
    try SnapshotFile.parse(try #require(TreeFiles.readFile(fixture.path)))
  }

  private static let device: HostPath =
    "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.1"

  /// The entries without the device's directory and its entry on the bus.
  private static func withoutDevice() throws -> SnapshotEntries {
    return try entries().filter { $0.key != listed && !$0.key.starts(with: device) }
  }

  private func audit(_ entries: SnapshotEntries) throws -> Audit {
    let file = try SnapshotFile.parse(SnapshotFile.write(entries))
    return Analyzer.audit(
      SnapshotStore(entries: file, unlisted: .notCaptured).host(needing: .judgement), by: nil)
  }

  private func expectUndetermined(
    _ entries: SnapshotEntries, because code: String = "unread-member"
  ) throws {
    let audit = try audit(entries)
    let group = try #require(audit.groups.first { $0.group.number == 1 })
    #expect(group.viability.doubts.contains { $0.code == code }, "\(group.viability)")
    #expect(Conclusion(of: audit) == .cannotTell)
    #expect(!audit.host.problems.isEmpty)
  }

  @Test func aGroupIsUndeterminedWhenNoLinkToAMemberCanBeRead() throws {
    var entries = try Self.entries()
    entries[Self.link] = .failed(.refused(.inputOutput))
    entries[Self.device / "iommu_group"] = .failed(.refused(.inputOutput))
    try expectUndetermined(entries)
  }

  @Test func aGroupIsUndeterminedWhenNoBusListsAMember() throws {
    var entries = try Self.withoutDevice()
    entries[Self.link] = .failed(.refused(.inputOutput))
    try expectUndetermined(entries)
  }

  @Test func aGroupIsUndeterminedWhenAMembersLinkLeadsToNoDevice() throws {
    for target in ["nowhere", "../../../../../..", "../../../../../../../outside"] {
      var entries = try Self.withoutDevice()
      entries[Self.link] = .link(target)
      try expectUndetermined(entries)
    }
  }

  @Test func aGroupIsUndeterminedWhenAMembersLinkIsGone() throws {
    var entries = try Self.withoutDevice()
    entries[Self.link] = .present
    try expectUndetermined(entries)
  }

  @Test func aGroupIsUndeterminedWhenItCouldNotBeListed() throws {
    let directory: HostPath = "sys/kernel/iommu_groups/1/devices"
    var entries = try Self.withoutDevice().filter { $0.key.parent != directory }
    entries[directory] = .failed(.refused(.inputOutput))
    try expectUndetermined(entries)
  }

  /// The device's own link stands for the one of the group.
  @Test func aMemberIsReadThroughTheLinkOfTheDevice() throws {
    var entries = try Self.entries()
    entries[Self.link] = .failed(.refused(.inputOutput))
    let group = try #require(try audit(entries).groups.first { $0.group.number == 1 })
    #expect(group.group.isWhollyListed)
    #expect(group.viability.obstacles.first?.rule == .mixedGroup)
  }

  @Test func aVisibleObstacleDecidesDespiteAnUnreadMember() throws {
    var entries = try Self.entries()
    entries["sys/kernel/iommu_groups/1/devices/0000:01:00.7"] = .failed(.refused(.inputOutput))
    let group = try #require(try audit(entries).groups.first { $0.group.number == 1 })
    #expect(!group.group.isWhollyListed)
    #expect(group.viability.obstacles.first?.rule == .mixedGroup)
  }

  @Test func aNameThatIsNotUTF8IsShownByItsBytes() throws {
    let directory = try TemporaryDirectory()
    let entries = try Self.withoutDevice().filter { $0.key != Self.link }
    try TreeFiles.write(SnapshotTree.plain(entries), to: directory.path)
    let name = NameText.text(of: [0x61, 0xff])
    try TreeFiles.writeFile(directory / "sys/kernel/iommu_groups/1/devices/\(name)", [])
    let audit = Analyzer.audit(
      try HostSource.sysroot(directory.path).read(needing: .judgement), by: nil)
    let group = try #require(audit.groups.first { $0.group.number == 1 })
    #expect(group.viability.word == "undetermined")
    let names = group.group.unreadMembers.map(\.linkName.text)
    #expect(names.map(PrintableText.escape) == ["a\\xff"])
  }

  @Test func aSecondLinkToADeviceDoesNotMakeASecondMember() throws {
    var entries = try Self.entries()
    entries["sys/kernel/iommu_groups/1/devices/0000:01:00.1.0"] = entries[Self.link]
    let audit = try audit(entries)
    let group = try #require(audit.groups.first { $0.group.number == 1 })
    #expect(Set(group.group.members.map(\.device)).count == group.group.members.count)
    #expect(audit.host.problems.count == 1)
  }
}

extension HostPath {
  fileprivate func starts(with directory: HostPath) -> Bool {
    self == directory || relative.hasPrefix(directory.relative + "/")
  }
}
