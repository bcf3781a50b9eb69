import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

/// What a probe binds, with the modules' id tables and without.
@Suite struct StaticMatchTests {
  private func host(hasTables: Bool) -> HostTree {
    var host = HostTree(kernel: "6.12.0")
    host.hasModuleTables = hasTables
    host.add(
      PCIFunction("0000:00:1c.0", class: 0x060400, id: "8086:a110", group: 1),
      PCIFunction("0000:00:1f.6", class: 0x020000, id: "8086:15bc", group: 2),
      PCIFunction("0000:00:1f.7", class: 0x078000, id: "8086:1e3d", group: 3))
    for driver: DriverName in ["e1000e", "igb", "nvme", "pcieport", "snd_hda_intel"] {
      host.register(driver)
    }
    return host
  }

  /// - Parameter driver: one more that is registered.
  private func predict(
    _ operations: String..., hasTables: Bool, registering driver: DriverName? = nil
  ) throws -> [Answer] {
    var tree = host(hasTables: hasTables)
    if let driver { tree.register(driver) }
    let host = SnapshotStore(entries: tree.entries, unlisted: .absent).host(needing: .all)
    let script = try OperationScript(operations, on: host)
    return Prediction(script, from: KernelState(audit: Analyzer.audit(host))).steps.map(
      \.answer)
  }

  @Test func withIDTablesTheDriverOfAProbeIsKnown() throws {
    let answer = try predict("probe 0000:00:1f.6", hasTables: true)[0]
    #expect(answer.verdict == .accepted)
    #expect(answer.reason == .isBound("0000:00:1f.6", "e1000e"))
  }

  @Test func withoutIDTablesTheDriverOfAProbeIsUndetermined() throws {
    let answer = try predict("probe 0000:00:1f.6", hasTables: false)[0]
    let drivers: [DriverName] = ["e1000e", "igb", "nvme", "snd_hda_intel"]
    #expect(
      answer.verdict
        == .undetermined([
          .driverChoice("0000:00:1f.6", certain: [], possible: drivers, hasIDTables: false)
        ]))
  }

  @Test func anIDAddedToAVFIODriverBeforeIsAssumedAbsent() throws {
    let answer = try predict(
      "probe 0000:00:1f.6", hasTables: true, registering: "vfio-pci")[0]
    #expect(answer.reason == .isBound("0000:00:1f.6", "e1000e"))
    #expect(
      answer.dependsOn.last == .assumed(.noEarlierID("0000:00:1f.6", ["vfio-pci"])))
  }

  @Test func ofTwoMatchingDriversTheChoiceIsUndetermined() throws {
    let answers = try predict(
      "unbind 0000:00:1f.6", "new-id igb 8086:15bc", "unbind 0000:00:1f.6", "probe 0000:00:1f.6",
      hasTables: true)
    #expect(
      answers[3].reason
        == .doubt(
          .driverChoice(
            "0000:00:1f.6", certain: ["e1000e", "igb"], possible: [], hasIDTables: true)))
  }

  @Test func thePortDriverIsTriedFirst() throws {
    let answer = try predict(
      "probe 0000:00:1c.0", hasTables: true, registering: "shpchp")[0]
    #expect(answer.reason == .isBound("0000:00:1c.0", "pcieport"))
  }

  @Test func withIDTablesABindByIDsIsDetermined() throws {
    let bind = "bind 0000:00:1f.6 e1000e"
    #expect(try predict(bind, hasTables: true)[0].verdict == .accepted)
    #expect(
      try predict(bind, hasTables: false)[0].verdict == .undetermined([.idTableUnread("e1000e")]))
  }

  @Test func aDeviceInNoTableStaysUnbound() throws {
    let answer = try predict("probe 0000:00:1f.7", hasTables: true)[0]
    #expect(answer.reason == .nothingMatches("0000:00:1f.7"))
  }

  @Test(arguments: [true, false])
  func thePortDriverBindsABridge(hasTables: Bool) throws {
    let answer = try predict("bind 0000:00:1c.0 pcieport", hasTables: hasTables)[0]
    #expect(answer.verdict == .accepted)
  }

  @Test func newIDRefusesAnIDOfTheTable() throws {
    let answers = try predict(
      "new-id e1000e 8086:15bc", "new-id igb 8086:15bc", hasTables: true)
    #expect(answers[0].verdict == .refused(.exists))
    #expect(answers[1].verdict == .accepted)
  }
}
