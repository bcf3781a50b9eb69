import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

/// A driver that no table knows, in a capture that does not hold whether it registered its device
/// with VFIO.
@Suite struct UnlistedDriverTests {
  private static let devices: [HostPath] = ["01", "02"].map {
    "sys/devices/pci0000:00" / "0000:00:\($0).0"
  }

  /// A group with two functions on an out-of-tree driver, and the same without `vfio-dev`.
  private func audits(_ use: PCIFunction.Use = .idle) -> (whole: Audit, reduced: [Audit]) {
    var tree = HostTree(kernel: "6.12.107")
    tree.hasDeviceNodes = true
    for device in Self.devices {
      var function = PCIFunction(
        DeviceName(String(device.name)), class: 0x030000, id: "10de:13c2", driver: "acme_gpu",
        group: 1, use: use)
      function.registersWithVFIO = true
      tree.add(function)
    }
    let record = SnapshotStore(entries: tree.entries, unlisted: .absent).recordedHost()
    let reduced = LostFact.Loss.allCases.map { loss in
      Analyzer.audit(
        LostFact(fact: "sys/devices/*/vfio-dev", loss: loss)
          .host(of: record.entries, needing: .prediction))
    }
    return (Analyzer.audit(record.host), reduced)
  }

  @Test func aGroupIsUndeterminedWithoutTheRegistration() throws {
    let audits = audits()
    #expect(audits.whole.groups.map(\.viability) == [.viable])
    for audit in audits.reduced {
      let group = try #require(audit.groups.first)
      #expect(
        group.viability.doubts.map(\.code) == [
          "unread-vfio-registration", "unread-vfio-registration",
        ])
      #expect(group.use == .unknown)
      #expect(Conclusion(of: audit) == .cannotTell)
    }
  }

  @Test(arguments: [PCIFunction.Use.idle, .open(vectors: 2)])
  func noPredictionBecomesAnother(use: PCIFunction.Use) throws {
    let audits = audits(use)
    let device = Self.devices[0]
    let operations: [OwnershipAnalysis.Operation] = [
      .unbind(device), .open([device], holder: nil), .openCdev([device], holder: nil),
      .openNode(1, holder: nil), .numVFs(device, 1), .groupType(1, "identity"), .probe(device),
      .bind(device, "acme_gpu"),
    ]
    let whole = KernelState(audit: audits.whole, assumptions: [:])
    for audit in audits.reduced {
      let reduced = KernelState(audit: audit, assumptions: [:])
      for operation in operations {
        let before = KernelModel.apply(operation, to: whole).answer.verdict
        let after = KernelModel.apply(operation, to: reduced).answer.verdict
        #expect(
          after == before || !after.doubts.isEmpty, "\(operation): \(before) became \(after)")
      }
    }
  }
}
