import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

@testable import Reporting

struct ListDocumentTests {
  private let audit = SampleAudit.mixedGroup

  private static let bare = ListDocument.Layout.table(hasHeading: false, width: nil)

  private func document(
    _ columns: [ListColumn], names: DeviceNames = .none,
    layout: ListDocument.Layout = .table(hasHeading: true, width: nil)
  ) -> ListDocument {
    ListDocument(
      audit, rows: ListRow.all(of: audit), columns: columns, names: names, layout: layout)
  }

  @Test func everyGroupAndDeviceHasARow() {
    #expect(
      document([.group, .use, .address, .driver, .module, .policy]).text() == """
        GROUP  USE     ADDRESS       DRIVER         MODULE         POLICY
            0  kernel  0000:00:17.0  serial         -              kernel
            1  mixed   0000:01:00.0  vfio-pci       vfio_pci       managed
            1  mixed   0000:01:00.1  snd_hda_intel  snd_hda_intel  kernel
           14  user    0000:02:00.0  vfio-pci       vfio_pci       managed
           15  idle    -             -              -              -

        """)
  }

  @Test func aDeviceWithoutGroupIsListedLast() {
    let audit = SampleAudit.withoutGroups
    let document = ListDocument(
      audit, rows: ListRow.all(of: audit), columns: [.group, .address, .policy],
      layout: ListDocumentTests.bare)
    #expect(document.text() == "-  0000:00:02.0  kernel\n")
  }

  @Test func namesComeFromTheGivenTable() {
    let gpu = PCIIdentity(vendor: 0x10de, device: 0x13c2, deviceClass: PCIClass(code: 0x030000))
    let names = DeviceNames([
      gpu: DeviceNames.Entry(
        vendor: "NVIDIA Corporation", device: "GM204 [GeForce GTX 970]", deviceClass: nil)
    ])
    let lines = document(
      [.address, .name, .classname], names: names, layout: ListDocumentTests.bare
    ).text()
      .split(separator: "\n")
    #expect(lines[1] == "0000:01:00.0  GM204 [GeForce GTX 970]  -")
    #expect(lines[2] == "0000:01:00.1  -                        -")
  }

  @Test func rawCellsContainNoBlanks() {
    let audit = SampleAudit.hostile
    let raw = ListDocument(
      audit, rows: ListRow.all(of: audit), columns: [.group, .address, .numa],
      layout: .raw(hasHeading: true)
    ).text()
    #expect(
      raw == """
        GROUP ADDRESS NUMA
        7 0000:07:00.0 -
        7 evil\\x1b[2J\\x0aerror:\\x20forged -

        """)
  }

  @Test func jsonHasTheColumnsAskedForAndNullForTheUnknown() {
    #expect(
      document([.group, .address, .numa, .address]).json["devices"]?[0] == [
        "group": .integer(0), "address": "0000:00:17.0", "numa": .null,
      ])
  }

  @Test func virtualFunctionsAreShownWithTheirLimit() {
    var host = SampleAudit.host
    let physical = host.add("ixgbe", named: "0000:05:00.0", group: 5)
    let virtual = host.add(
      "vfio-pci", named: "0000:05:10.0", group: 6, sriov: .virtual(physicalFunction: physical))
    host[1].sriov = .physical(
      PhysicalFunction(
        totalVFs: .value(8), virtualFunctions: [virtual], driversAutoprobe: .absent))
    let audit = host.audit
    let document = ListDocument(
      audit, rows: ListRow.all(of: audit), columns: [.role, .sriov],
      layout: ListDocumentTests.bare)
    #expect(document.text() == "pf  1/8\nvf  0000:05:00.0\n")
  }

  @Test func columnsAreFoundInUpperAndLowerCase() {
    #expect(ListColumn.titled("viability") == .viability)
    #expect(ListColumn.titled("VIABILITY") == .viability)
    #expect(ListColumn.titled("VIABLE") == nil)
    #expect(Set(ListColumn.all.map(\.key)).count == ListColumn.all.count)
    #expect(ListColumn.jsonDefault.allSatisfy { !$0.needsNames })
  }
}
