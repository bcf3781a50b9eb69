import HostModel
import HostReader
import TestSupport
import Testing

/// Some names of interfaces are hardware addresses.
@Suite struct InterfaceNameTests {
  @Test func noHardwareAddressIsInASnapshot() throws {
    var host = HostTree(kernel: "6.12.0")
    host.add(
      PCIFunction("0000:00:14.0", class: 0x0c0330, id: "8086:a36d", driver: "xhci_hcd", group: 2))
    var use = UseSetup()
    use.addInterface("enx0", on: "0000:00:14.0")
    use.addInterface("enx525400123456", on: "0000:00:14.0", master: "br-525400123456")
    use.addInterface("br-525400123456")
    use.addRoute("enx525400123456", isDefault: true)
    use.addDefaultRoute6("br-525400123456")
    host.use = use
    let record = SnapshotStore(entries: host.entries, unlisted: .absent).recordedHost()
    #expect(!String(decoding: record.file, as: UTF8.self).contains("525400123456"))
    let own = try #require(record.host.use.value?.interfaces.value)
    #expect(own.map(\.name) == ["br-525400123456", "enx0", "enx525400123456"])
    #expect(own.map(\.hasDefaultRoute) == [true, false, true])
    let copy = SnapshotStore(
      entries: try SnapshotFile.parse(record.file), unlisted: .notCaptured
    ).host(needing: .all)
    #expect(copy.problems.isEmpty)
    let masked = try #require(copy.use.value?.interfaces.value)
    #expect(masked.map(\.name) == ["br-0", "enx0", "enx1"])
    #expect(masked.map(\.hasDefaultRoute) == [true, false, true])
    #expect(masked[0].lowers == ["enx1"])
  }
}
