import HostModel
import SystemCalls
import TestSupport
import Testing

/// Devices whose names differ in bytes that are not text, through the commands.
@Suite struct ByteNameCommandTests {
  private static let shown = [#"a\\xff"#, #"a\xfe"#, #"a\xff"#]

  private func tree() throws -> TemporaryDirectory {
    var host = HostTree(kernel: "6.12.0")
    for (number, name) in [[0x61, 0xff], [0x61, 0xfe], Array(#"a\xff"#.utf8)].enumerated() {
      host.add(
        BusDevice(
          DeviceName(NameText.text(of: name[...])), on: .platform, driver: "engine",
          group: GroupNumber(UInt32(number))))
    }
    let directory = try TemporaryDirectory()
    try host.write(to: directory.path)
    return directory
  }

  private func names(_ source: String) async throws -> [String] {
    let list = try await Sample.run("list", "-s", source, "-o", "address", "--noheadings")
    return list.output.split(separator: "\n").map { $0.trimmingBlanks }.sorted()
  }

  @Test func devicesAreListedByTheirBytesFromEveryCapture() async throws {
    let tree = try tree()
    #expect(try await names(tree.path) == Self.shown)
    let copies = try TemporaryDirectory()
    for copy in [copies / "host.snapshot", copies / "host/"] {
      #expect(try await Sample.run("snapshot", "-s", tree.path, "-o", copy).status == 0)
      #expect(try await names(copy) == Self.shown)
    }
  }

  @Test func aDeviceIsFoundByTheNameThatIsShown() async throws {
    let tree = try tree()
    for name in Self.shown {
      let list = try await Sample.run(
        "list", "-s", tree.path, "-o", "address", "--noheadings", name)
      #expect(list.output.split(separator: "\n").map { $0.trimmingBlanks } == [name])
      let check = try await Sample.run("check", "-s", tree.path, name)
      #expect(check.output.contains(name), "\(check.output)\(check.errors)")
    }
  }
}

extension Substring {
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
