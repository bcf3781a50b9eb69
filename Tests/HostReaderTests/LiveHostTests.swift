import HostModel
import TestSupport
import Testing

@testable import HostReader

/// This machine, whatever it is, and a survey that meets an attribute that never answers.
@Suite struct LiveHostTests {
  @Test func aSnapshotOfThisMachineReadsAsTheMachine() throws {
    let live = try HostSource.live.record()
    #expect(live.host.kernel.release.value?.isEmpty == false)
    let entries = try SnapshotFile.parse(live.file)
    let again = SnapshotStore(entries: entries, unlisted: .notCaptured).host(needing: .all)
    #expect(again.moduleAliases == live.host.moduleAliases)
    #expect(again.devices == live.host.devices)
    #expect(again.groups == live.host.groups)
    #expect(again.kernel == live.host.kernel)
    #expect(again.problems == live.host.problems)
    #expect(again == live.host)
  }

  /// Unless devices come or go, or processes with VFIO files, which nothing in this test makes.
  @Test func twoSnapshotsOfThisMachineAreIdentical() throws {
    let first = try HostSource.live.record()
    let second = try HostSource.live.record()
    guard first.host == second.host else { try Test.cancel("this machine changes meanwhile") }
    #expect(first.file == second.file)
  }

  /// Every id line of the modules' tables is one of a device that is there.
  @Test func onlyIDLinesOfPresentDevicesAreKept() throws {
    let host = try HostSource.live.record().host
    let identities = host.devices.compactMap(\.identity.value)
    for alias in host.moduleAliases.value ?? [] {
      #expect(identities.contains(where: alias.matches), "\(alias)")
    }
  }

  @Test(.timeLimit(.minutes(1))) func anOverrideThatNeverAnswersIsGivenUp() throws {
    let directory = try TemporaryDirectory()
    var devices: [HostPath] = []
    for name in ["a", "b", "c", "d"] {
      try TreeFiles.makeDirectory(directory / name)
      devices.append(try #require(HostPath(directory / name)))
    }
    try TreeFiles.writeFile(directory / "a/driver_override", Array("vfio-pci\n".utf8))
    try TreeFiles.makeFIFO(directory / "b/driver_override")
    try TreeFiles.writeFile(directory / "d/driver_override", Array("(null)\n".utf8))
    let survey = LiveSurvey(
      subsystems: [], devices: devices, patience: LiveSurvey.Patience(attribute: 300))
    #expect(try survey.overrides[devices[0]]?.get() == Array("vfio-pci\n".utf8))
    #expect(survey.overrides[devices[1]]?.failure == .timedOut)
    #expect(try survey.overrides[devices[2]]?.get() == .some(nil))
    #expect(try survey.overrides[devices[3]]?.get() == Array("(null)\n".utf8))
  }

  /// So many subsystems that the child is always behind a parent with no patience at all.
  @Test(.timeLimit(.minutes(1))) func anEnumerationThatNeverAnswersIsGivenUp() throws {
    let directory = try TemporaryDirectory()
    try TreeFiles.writeFile(directory / "driver_override", Array("(null)\n".utf8))
    let device = try #require(HostPath(directory.path))
    let survey = LiveSurvey(
      subsystems: Array(repeating: "none", count: 100_000), devices: [device],
      patience: LiveSurvey.Patience(enumeration: 0))
    #expect(survey.listed == nil)
    #expect(try survey.overrides[device]?.get() == Array("(null)\n".utf8))
  }

  @Test func anUnknownSubsystemListsNoDevices() {
    #expect(LiveSurvey(subsystems: ["none"], devices: []).listed == [])
  }

  @Test(.timeLimit(.minutes(1))) func afterSomeTimeoutsTheOtherOverridesAreNotRead() throws {
    let directory = try TemporaryDirectory()
    var devices: [HostPath] = []
    for name in ["a", "b", "c"] {
      try TreeFiles.makeDirectory(directory / name)
      try TreeFiles.makeFIFO(directory / name + "/driver_override")
      devices.append(try #require(HostPath(directory / name)))
    }
    let survey = LiveSurvey(
      subsystems: [], devices: devices,
      patience: LiveSurvey.Patience(attribute: 200, children: 2))
    #expect(devices.map { survey.overrides[$0]?.failure } == [.timedOut, .timedOut, .avoided])
  }
}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}
