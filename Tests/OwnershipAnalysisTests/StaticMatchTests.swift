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
  ) throws -> [Transition] {
    var tree = host(hasTables: hasTables)
    if let driver { tree.register(driver) }
    let host = SnapshotStore(entries: tree.entries, unlisted: .absent).host(.prediction)
    let script = try OperationScript(operations, on: host)
    return Prediction(script, from: KernelState(audit: Analyzer.audit(host))).steps.map(
      \.transition)
  }

  @Test func withTheTablesTheDriverIsKnown() throws {
    let answer = try predict("probe 0000:00:1f.6", hasTables: true)[0]
    #expect(answer.verdict == .accepted)
    #expect(answer.reason == "0000:00:1f.6 is bound to e1000e")
  }

  @Test func withoutThemItIsNot() throws {
    let answer = try predict("probe 0000:00:1f.6", hasTables: false)[0]
    guard case .undetermined(let reasons) = answer.verdict else {
      Issue.record("\(answer.verdict)")
      return
    }
    #expect(reasons.count == 1)
    #expect(
      reasons[0] == "which driver takes 0000:00:1f.6 cannot be read: e1000e, igb, nvme, "
        + "snd_hda_intel may match, and without modules.alias no ids are known")
  }

  @Test func anUnreadableIDOfAVFIODriverStillCouldDecide() throws {
    let answer = try predict(
      "probe 0000:00:1f.6", hasTables: true, registering: "vfio-pci")[0]
    #expect(answer.reason == "0000:00:1f.6 is bound to e1000e")
    #expect(
      answer.dependsOn.last
        == "no id that was written to new_id earlier gives 0000:00:1f.6 to vfio-pci")
  }

  @Test func twoDriversThatMatchAreDecidedByTheirOrder() throws {
    let answers = try predict(
      "unbind 0000:00:1f.6", "new-id igb 8086:15bc", "unbind 0000:00:1f.6", "probe 0000:00:1f.6",
      hasTables: true)
    #expect(
      answers[3].reason
        == "which driver takes 0000:00:1f.6 cannot be read: e1000e, igb match, and the first "
        + "that was registered takes it")
  }

  @Test func thePortDriverComesFirst() throws {
    let answer = try predict(
      "probe 0000:00:1c.0", hasTables: true, registering: "shpchp")[0]
    #expect(answer.reason == "0000:00:1c.0 is bound to pcieport")
  }

  @Test func aBindByIDsIsKnownToo() throws {
    let bind = "bind 0000:00:1f.6 e1000e"
    #expect(try predict(bind, hasTables: true)[0].verdict == .accepted)
    guard case .undetermined(let reasons) = try predict(bind, hasTables: false)[0].verdict else {
      Issue.record("determined without the ids")
      return
    }
    #expect(reasons == ["the ids of e1000e could not be read: no modules.alias"])
  }

  @Test func whatNoTableHasIsLeftAlone() throws {
    let answer = try predict("probe 0000:00:1f.7", hasTables: true)[0]
    #expect(answer.reason == "no registered driver matches 0000:00:1f.7: nothing is bound")
  }

  @Test(arguments: [true, false])
  func aBridgeIsForThePortDriver(hasTables: Bool) throws {
    let answer = try predict("bind 0000:00:1c.0 pcieport", hasTables: hasTables)[0]
    #expect(answer.verdict == .accepted)
  }

  @Test func anIDOfTheTableIsNotAddedAgain() throws {
    let answers = try predict(
      "new-id e1000e 8086:15bc", "new-id igb 8086:15bc", hasTables: true)
    #expect(answers[0].verdict == .refused(.exists))
    #expect(answers[1].verdict == .accepted)
  }
}
