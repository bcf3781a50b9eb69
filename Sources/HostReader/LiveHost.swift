import HostModel

/// This machine at one moment: its devices as libudev lists them, everything else from sysfs.
struct LiveHost {
  private static let sequencePath: HostPath = "sys/kernel/uevent_seqnum"
  /// How often a host that changes meanwhile is read.
  private static let attempts = 3

  private let store: LiveStore
  private let listed: Set<HostPath>?
  /// Counts every device that comes or goes, in the kernel's own words.
  private let sequence: [UInt8]?

  /// Reads the host, again when devices came or went meanwhile.
  static func read(
    _ depth: ReadDepth, keepsRecord: Bool
  ) throws(SourceError) -> (host: HostSnapshot, file: [UInt8]) {
    var attempt = 1
    while true {
      let live = try LiveHost()
      var answer = live.read(depth, keepsRecord: keepsRecord)
      if LiveHost.sequence(in: live.store.directory) == live.sequence { return answer }
      if attempt == attempts {
        answer.host.add(ReadProblem(path: sequencePath, failure: .hostChanging))
        return answer
      }
      attempt += 1
    }
  }

  private init() throws(SourceError) {
    let root = try SourceError.reading("/") { () throws(ReadFailure) in
      try OpenFile.directory(named: "/")
    }
    guard let root else { throw SourceError("cannot read /: not a directory") }
    let directory = DirectoryStore(root: root, origin: .live)
    guard (try? directory.contains("bus", in: "sys")) == true else {
      throw SourceError("no sysfs is mounted at /sys, so nothing can be said of this host")
    }
    sequence = LiveHost.sequence(in: directory)
    let survey = LiveSurvey(
      subsystems: GroupBus.all.map(\.name.text), devices: LiveHost.devices(in: directory))
    listed = survey.listed
    store = LiveStore(directory: directory, overrides: survey.overrides)
  }

  private func read(
    _ depth: ReadDepth, keepsRecord: Bool
  ) -> (host: HostSnapshot, file: [UInt8]) {
    guard keepsRecord else { return (host(depth, from: store), []) }
    let recorder = RecordingStore(store)
    return (host(depth, from: recorder), SnapshotFile.write(recorder.entries))
  }

  private func host(_ depth: ReadDepth, from store: some Store) -> HostSnapshot {
    var inquiry = Inquiry(store)
    if listed == nil { inquiry.note(.enumerationFailed, at: "sys/bus") }
    return inquiry.host(depth, listed: listed)
  }

  /// The devices whose `driver_override` will be wanted.
  private static func devices(in directory: DirectoryStore) -> [HostPath] {
    var inquiry = Inquiry(directory)
    return inquiry.foundDevices(on: inquiry.buses()).filter { found in
      found.bus.isWhole || inquiry.contains("iommu_group", in: found.path).value == true
        || inquiry.contains("vfio-dev", in: found.path).value == true
    }.map(\.path)
  }

  private static func sequence(in directory: DirectoryStore) -> [UInt8]? {
    // Without the file nothing can be said of changes, and one reading must do.
    (try? directory.attribute(String(sequencePath.name), in: "sys/kernel")) ?? nil
  }
}
