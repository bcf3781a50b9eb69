import HostModel
import TestSupport
import Testing

@testable import HostReader

/// What the nodes of the ACPI table IORT say, on a host and in its capture.
@Suite struct InterconnectTableTests {
  /// A table with nodes of these types, each with as much below it as a node can have.
  static func table(_ types: [UInt8], lengthOfNode: UInt16 = 40) -> [UInt8] {
    var nodes: [UInt8] = []
    for type in types {
      nodes += [type, UInt8(lengthOfNode & 0xff), UInt8(lengthOfNode >> 8), 5]
      // A line feed, as a table can have anywhere.
      nodes += [UInt8](repeating: 0x0a, count: 36)
    }
    let length = 48 + nodes.count
    var table = Array("IORT".utf8) + [UInt8(length & 0xff), UInt8(length >> 8), 0, 0]
    table += [UInt8](repeating: 0x20, count: 28)
    table += [UInt8(types.count), 0, 0, 0, 48, 0, 0, 0, 0, 0, 0, 0]
    return table + nodes
  }

  private func host(_ table: SnapshotEntry) -> ObservedHost {
    let record = SnapshotStore(
      entries: [
        "proc/sys/kernel/osrelease": .text("6.12.0"),
        "sys/firmware/acpi/tables/IORT": table,
      ], unlisted: .absent
    ).recordedHost()
    // A capture says the same, and has nothing else of the table.
    let again = try? SnapshotFile.parse(record.file)
    #expect(
      again.map { SnapshotStore(entries: $0, unlisted: .notCaptured).host(needing: .all) }
        == record.host)
    return record.host
  }

  @Test(
    arguments: [
      ([0, 2], false), ([0, 2, 3], true), ([4], true), ([5, 6, 1], false), ([], false),
    ] as [([UInt8], Bool)])
  func anSMMUIsRecognizedByItsNodes(types: [UInt8], hasSMMU: Bool) throws {
    let host = host(.attribute(Self.table(types)))
    #expect(host.firmware.iommuTables == .value([.iort]))
    #expect(host.firmware.describesSMMU == .value(hasSMMU))
    #expect(host.firmware.certainIOMMUTables == (hasSMMU ? [.iort] : []))
    #expect(host.problems.isEmpty)
  }

  @Test func aTableThatItsNodesExceedIsMalformed() {
    var long = Self.table([0, 4])
    long[36] = 3
    var far = Self.table([0, 4])
    far[43] = 0x7f
    var cut = Self.table([0, 4])
    cut.removeLast()
    let tables: [[UInt8]] = [
      long, far, cut, Self.table([4], lengthOfNode: 0), Self.table([4], lengthOfNode: 0xffff),
      [], Array("IORT".utf8), Array("node 4\nnode x\n".utf8), [0xff],
    ]
    for table in tables {
      let host = host(.attribute(table))
      #expect(host.firmware.describesSMMU.value == nil)
      #expect(host.firmware.doubtOfSMMU != nil)
    }
  }

  @Test func aTableThatOnlyRootMayReadLeavesTheSMMUInDoubt() {
    let host = host(.failed(.refused(.permissionDenied)))
    #expect(host.firmware.iommuTables == .value([.iort]))
    #expect(host.firmware.doubtOfSMMU == .refused(.permissionDenied))
  }

  /// An earlier version only asked whether it is there.
  @Test func inAnEarlierCaptureTheNodesWereNotAsked() throws {
    for (entry, tables) in [
      (SnapshotEntry.present, Set([Firmware.IOMMUTable.iort])), (.absent, []),
    ] {
      var entries: SnapshotEntries = [
        "proc/sys/kernel/osrelease": .text("6.12.0"),
        "sys/firmware/acpi/tables/IORT": entry, "sys/firmware/acpi/tables": .present,
      ]
      for table in Firmware.IOMMUTable.allCases where table != .iort {
        entries["sys/firmware/acpi/tables" / table.rawValue] = .absent
      }
      let record = SnapshotStore(entries: entries, unlisted: .notCaptured).recordedHost()
      #expect(record.host.firmware.iommuTables == .value(tables))
      #expect(record.host.firmware.doubtOfSMMU == (tables.isEmpty ? nil : .notAsked))
      let again = SnapshotStore(
        entries: try SnapshotFile.parse(record.file), unlisted: .notCaptured)
      #expect(again.host(needing: .all) == record.host)
    }
  }

  @Test func theTableIsNotReadOnAHostWithGroups() {
    let entries = HostTree.small.entries.merging(["sys/firmware/acpi/tables/IORT": .present]) { $1 }
    let host = entries.observed
    #expect(host.firmware.describesSMMU == .unread(.notNeeded))
    #expect(host.problems.isEmpty)
  }
}
