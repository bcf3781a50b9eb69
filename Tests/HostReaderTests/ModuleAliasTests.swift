import HostModel
import HostReader
import TestSupport
import Testing

/// The ids of drivers: which lines of the modules' tables are read, and that a snapshot has just
/// those.
@Suite struct ModuleAliasTests {
  /// Patterns and modules that a host with an e1000e, a disk controller and a graphics card keeps.
  private static let kept = [
    "alias pci:v000010DEd*sv*sd*bc03sc*i* nouveau",
    "alias pci:v00008086d000015BCsv*sd*bc*sc*i* e1000e",
    "alias pci:v00008086d00002922sv00001AF4sd00001100bc*sc*i* pata_subsystem",
    "alias vfio_pci:v*d*sv*sd*bc*sc*i* vfio_pci",
  ]
  private static let builtIn = [
    "ahci.alias=pci:v*d*sv*sd*bc01sc06i01*", "ahci.alias=pci:v00008086d00002922sv*sd*bc*sc*i*",
  ]

  private static let host: HostTree = {
    var host = HostTree(kernel: "6.12.0")
    host.hasModuleTables = true
    host.add(
      PCIFunction("0000:00:1f.2", class: 0x010601, id: "8086:2922", driver: "ahci", group: 1),
      PCIFunction("0000:00:1f.6", class: 0x020000, id: "8086:15bc", group: 2),
      PCIFunction("0000:01:00.0", class: 0x030000, id: "10de:13c2", group: 3))
    return host
  }()
  private static let directory: HostPath = "usr/lib/modules/6.12.0"

  @Test func aSnapshotKeepsOnlyTheLinesThatMatchADevice() throws {
    let composed = SnapshotStore(entries: ModuleAliasTests.host.entries, unlisted: .absent)
    let record = composed.recordedHost()
    let host = record.host
    let entries = try SnapshotFile.parse(record.file)
    let directory = ModuleAliasTests.directory
    #expect(text(entries[directory / "modules.alias"]) == ModuleAliasTests.kept)
    #expect(text(entries[directory / "modules.builtin.modinfo"]) == ModuleAliasTests.builtIn)
    #expect(
      host.moduleAliases.value?.map(\.module)
        == ["nouveau", "e1000e", "pata_subsystem", "vfio_pci", "ahci", "ahci"])
    #expect(host.moduleAliases.value?.map(\.isOverrideOnly).count { $0 } == 1)
    let again = SnapshotStore(entries: entries, unlisted: .notCaptured).recordedHost()
    #expect(again.host == host)
    #expect(again.file == record.file)
  }

  @Test func aTreeOnDiskReadsAsItDoesInMemory() throws {
    let tree = try TemporaryDirectory()
    try ModuleAliasTests.host.write(to: tree.path)
    let composed = SnapshotStore(entries: ModuleAliasTests.host.entries, unlisted: .absent)
    let read = try HostSource.sysroot(tree.path).read(needing: .all).moduleAliases
    #expect(read.value?.isEmpty == false)
    #expect(read == composed.host(needing: .all).moduleAliases)
  }

  @Test func theTablesAreReadForPredictionsOnly() throws {
    let composed = SnapshotStore(entries: ModuleAliasTests.host.entries, unlisted: .absent)
    #expect(composed.host(needing: .judgement).moduleAliases == .unread(.notNeeded))
    let recorder = RecordingStore(composed)
    #expect(recorder.host(needing: .judgement).problems.isEmpty)
    let entries = recorder.entries
    #expect(entries.keys.contains("proc/cmdline"))
    #expect(!entries.keys.contains { $0.name == "modules.alias" })
    let captured = SnapshotStore(entries: entries, unlisted: .notCaptured)
    #expect(captured.host(needing: .all).moduleAliases == .unread(.notAsked))
  }

  @Test func missingTablesAreReportedAsAbsent() {
    var host = ModuleAliasTests.host
    host.hasModuleTables = false
    let read = SnapshotStore(entries: host.entries, unlisted: .absent).host(needing: .all)
    #expect(read.moduleAliases == .absent)
    #expect(read.problems.isEmpty)
  }

  @Test func oneTableWithoutTheOtherIsNotUsed() {
    var entries = ModuleAliasTests.host.entries
    entries[ModuleAliasTests.directory / "modules.builtin.modinfo"] = nil
    #expect(
      SnapshotStore(entries: entries, unlisted: .absent).host(needing: .all).moduleAliases
        == .absent)
    let denied = ReadFailure.refused(.permissionDenied)
    entries[ModuleAliasTests.directory / "modules.builtin.modinfo"] = .failed(denied)
    let read = SnapshotStore(entries: entries, unlisted: .absent).host(needing: .all)
    #expect(read.moduleAliases == .unread(denied))
    #expect(read.problems.map(\.failure) == [denied])
  }

  @Test func libIsReadIfItIsADirectoryAndNotFollowedIfItIsALink() throws {
    var host = ModuleAliasTests.host
    host.hasModuleTables = false
    let tree = try TemporaryDirectory()
    try host.write(to: tree.path)
    let modules = tree / "elsewhere/modules/6.12.0"
    try TreeFiles.makeDirectories(modules)
    try TreeFiles.writeFile(
      modules + "/modules.alias", Array("alias pci:v*d*sv*sd*bc*sc*i* any\n".utf8))
    try TreeFiles.writeFile(modules + "/modules.builtin.modinfo", [])
    try TreeFiles.makeLink(tree / "lib", to: "elsewhere")
    let linked = try HostSource.sysroot(tree.path).record()
    #expect(linked.host.moduleAliases == .absent)
    #expect(linked.host.problems.isEmpty)
    let again = SnapshotStore(entries: try SnapshotFile.parse(linked.file), unlisted: .notCaptured)
    #expect(again.host(needing: .all) == linked.host)
    TreeFiles.removeTree(tree / "lib")
    try TreeFiles.makeDirectories(tree / "lib/modules/6.12.0")
    for name in ["modules.alias", "modules.builtin.modinfo"] {
      try TreeFiles.writeFile(
        tree / "lib/modules/6.12.0/\(name)", Array("alias pci:v*d*sv*sd*bc*sc*i* any\n".utf8))
    }
    let plain = try HostSource.sysroot(tree.path).read(needing: .all)
    #expect(plain.moduleAliases.value?.map(\.module) == ["any"])
  }

  @Test(arguments: [
    "alias pci:v00008086d000015BC e1000e", "alias pci:v00008086d000015BCsv*sd*bc*sc*i*",
    "alias pci:v*d*sv*sd*bc*sc*i* ../../evil", "alias pci:v*d*sv*sd*bc*sc*i* two words",
    "alias pci:vXd*sv*sd*bc*sc*i* odd", "alias pci: odd", "alias", "",
  ])
  func aMalformedLineIsIgnored(line: String) {
    var entries = ModuleAliasTests.host.entries
    entries[ModuleAliasTests.directory / "modules.alias"] = .text(line)
    let read = entries.observed
    #expect(read.moduleAliases.value?.map(\.module) == ["ahci", "ahci"])
  }

  private func text(_ entry: SnapshotEntry?) -> [String] {
    guard case .attribute(let bytes) = entry else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// As many lines as functions, and none that matches: each line is held against a table.
  @Test(.timeLimit(.minutes(1))) func timeDoesNotGrowWithLinesTimesFunctions() throws {
    var tree = HostTree(kernel: "6.12.0")
    var lines = ""
    for number in 0..<4_000 {
      let address = PCIAddress(domain: UInt32(number), bus: 0, slot: 0, function: 0)
      let id = PCIID(vendor: 0x8086, device: UInt16(number))
      tree.add(PCIFunction(DeviceName(address), class: 0x020000, id: id))
      lines += "alias pci:v*d*sv*sd*bc0Fsc*i* m\(number)\n"
    }
    var entries = tree.entries
    entries["lib/modules/6.12.0/modules.alias"] = .attribute(Array(lines.utf8))
    entries["lib/modules/6.12.0/modules.builtin.modinfo"] = .attribute([])
    let host = SnapshotStore(entries: entries, unlisted: .absent).host(needing: .all)
    #expect(host.devices.count == 4_000)
    #expect(host.moduleAliases == .value([]))
  }
}
