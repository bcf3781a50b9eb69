import HostModel
import OwnershipAnalysis
import Testing

@Suite("Kernel history: one expectation a row, on both sides of its boundary")
struct KernelHistoryTests {
  typealias Expectation = (
    feature: KernelFeature, without: [String], with: [String], unread: [String]
  )

  static let expectations: [Expectation] = [
    (.bindReturnsProbeError, ["5.10.223", "5.12.9"], ["5.14.2", "6.1"], ["5.13"]),
    (.groupTypeWritable, ["5.10.223"], ["5.11.14", "7.3.4"], []),
    (.flushQueueDomain, ["5.14.2"], ["5.15.85"], []),
    (.dmaOwnership, ["5.10.223", "5.17", "5.18.19"], ["5.19", "6.1", "7.3.4"], []),
    (.coherencyRequired, ["5.17"], ["5.19"], ["5.18"]),
    (.noIOMMUBesideIOMMU, ["5.17"], ["5.19"], ["5.18"]),
    (.tokenTestTakesNoGroupLock, ["5.10.223", "5.17"], ["5.19"], ["5.18"]),
    (.mixedBusesAccepted, ["5.19", "5.19.17"], ["6.0", "6.1"], []),
    (.vfioDeviceDirectory, ["6.0"], ["6.1.176"], []),
    (.lastUnbindReleasesClaim, ["6.0"], ["6.1.176"], []),
    (.ownershipByDevice, ["6.1.176"], ["6.2"], []),
    (.groupTypeByOwnership, ["6.3.2"], ["6.4.6"], []),
    (.cdxBus, ["6.3.2"], ["6.4.6"], []),
    (.vfioDeviceCdev, ["6.4.6"], ["6.6.17"], ["6.5"]),
    (.directRegionRefusesClaim, ["6.5", "6.1.176"], ["6.6.17", "6.12"], []),
    (
      .denylistHasAccelerators, ["6.1.90", "6.2", "6.6.17", "6.8.1", "6.8.9"],
      ["6.1.91", "6.8.10", "6.12.1"], ["6.6.18", "6.10"]
    ),
    (.bindWaitsForDefaultDomain, ["6.12.25", "6.14"], ["6.12.26", "6.18.2"], ["6.15", "6.17"]),
    (.fdinfoNamesDevice, ["6.14"], ["6.18.2"], ["6.16"]),
    (.platformOverrideWithoutLock, ["6.12.79", "6.19"], ["6.12.80", "7.0"], []),
    (.ambaOverrideWithoutLock, ["6.12.79", "6.19"], ["7.0"], ["6.12.80", "6.12.107"]),
    (.pciOverrideWithoutLock, ["6.12.90", "6.19"], ["6.12.91", "7.0"], []),
    (.newIDRefusesDuplicates, ["5.10.223"], ["5.11.14"], []),
    (.noIOMMUCdev, ["7.2.13"], ["7.3.4"], []),
  ]

  @Test("presence", arguments: expectations.indices)
  func presence(at index: Int) throws {
    let row = Self.expectations[index]
    for (versions, expected) in [
      (row.without, Presence.no), (row.with, .yes), (row.unread, .unread),
    ] {
      for text in versions {
        let version = try #require(KernelVersion(release: text))
        #expect(
          KernelBehavior(version: version).presence(of: row.feature) == expected,
          "\(row.feature) in \(text)")
      }
    }
  }

  @Test("every feature has exactly one row and one expectation")
  func coverage() {
    #expect(KernelHistory.changes.map(\.feature).count == KernelFeature.allCases.count)
    #expect(Set(KernelHistory.changes.map(\.feature)) == Set(KernelFeature.allCases))
    #expect(Set(Self.expectations.map(\.feature)) == Set(KernelFeature.allCases))
  }

  @Test("every row cites a section of the rulebook")
  func sources() {
    for change in KernelHistory.changes {
      #expect(change.source.contains("kernel-rules §"), "\(change.feature)")
    }
  }

  @Test("rows stand in the order in which the features came")
  func order() {
    let versions = KernelHistory.changes.map(\.firstWith)
    #expect(versions == versions.sorted())
  }
}
