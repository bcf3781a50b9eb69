import HostModel
import HostReader
import TestSupport
import Testing

/// A function's ids come from `modalias`, which has them all, or else from a file for each.
@Suite struct ModaliasTests {
  private static let device: HostPath = "sys/devices/pci0000:00/0000:00:1f.2"
  private static let modalias = "pci:v000010DEd000013C2sv00000000sd00000000bc03sc00i00"
  private static let byModalias = PCIIdentity(
    vendor: 0x10de, device: 0x13c2, deviceClass: PCIClass(code: 0x030000))
  /// Those of `vendor`, `device` and `class`, different ones here, so that the source shows.
  private static let byFiles = PCIIdentity(
    vendor: 0x8086, device: 0x1533, deviceClass: PCIClass(code: 0x020000))

  private func tree(_ changes: SnapshotEntries) throws -> TemporaryDirectory {
    var entries = HostTree.small.entries
    entries[Self.device / "modalias"] = nil
    entries.merge(changes) { _, new in new }
    let directory = try TemporaryDirectory()
    try TreeFiles.write(entries.withoutNotes, to: directory.path)
    return directory
  }

  private func identity(_ tree: TemporaryDirectory) throws -> Reading<PCIIdentity> {
    let host = try HostSource.sysroot(tree.path).read(needing: .all)
    #expect(host.problems.isEmpty)
    return try #require(host.device(at: Self.device)).identity
  }

  @Test func idsComeFromModaliasInTheKernelsForm() throws {
    let tree = try tree([Self.device / "modalias": .text(Self.modalias)])
    #expect(try identity(tree) == .value(Self.byModalias))
  }

  @Test(arguments: [
    SnapshotEntry.attribute([]), .text(""), .text("pci:v00008086"),
    // Without its line end, with a second one, in lower case, with bytes that are not text.
    .attribute(Array(modalias.utf8)), .text(modalias + "\n"),
    .text(modalias.lowercased()), .attribute([0xff, 0xfe, 10]),
    .text("acpi:PNP0A08:PNP0A03:"), .link("vendor"), .directory,
    .attribute([UInt8](repeating: 65, count: AttributeLimit.bytes + 1)),
  ])
  func idsComeFromSeparateFilesIfModaliasIsMalformed(modalias: SnapshotEntry) throws {
    let tree = try tree([Self.device / "modalias": modalias])
    #expect(try identity(tree) == .value(Self.byFiles))
  }

  @Test func idsComeFromSeparateFilesWithoutModalias() throws {
    #expect(try identity(try tree([:])) == .value(Self.byFiles))
  }

  @Test(.timeLimit(.minutes(1))) func aFIFOInPlaceOfModaliasIsNotOpened() throws {
    let tree = try tree([:])
    try TreeFiles.makeFIFO(tree.path + (Self.device / "modalias").description)
    #expect(try identity(tree) == .value(Self.byFiles))
  }

  @Test(.disabled(if: Privilege.isRoot, "root may read everything"))
  func idsComeFromSeparateFilesIfModaliasIsUnreadable() throws {
    let tree = try tree([Self.device / "modalias": .text(Self.modalias)])
    try TreeFiles.setMode(0, of: tree.path + (Self.device / "modalias").description)
    #expect(try identity(tree) == .value(Self.byFiles))
  }

  /// The problem is reported for the separate files.
  @Test func aProblemIsReportedForTheSeparateFiles() throws {
    let tree = try tree([
      Self.device / "modalias": .text("pci:"),
      Self.device / "vendor": .text("intel"),
    ])
    let host = try HostSource.sysroot(tree.path).read(needing: .all)
    #expect(host.problems.map(\.path) == [Self.device / "vendor"])
  }

  /// A snapshot has the files that every version of the program reads.
  @Test func aSnapshotHoldsTheSeparateFiles() throws {
    let tree = try tree([Self.device / "modalias": .text(Self.modalias)])
    let record = try HostSource.sysroot(tree.path).record()
    #expect(record.entries[Self.device / "modalias"] == nil)
    #expect(record.entries[Self.device / "vendor"] == .text("0x8086"))
    #expect(record.host.device(at: Self.device)?.identity == .value(Self.byFiles))
  }
}
