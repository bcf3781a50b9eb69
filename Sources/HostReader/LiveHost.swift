import HostModel
import SystemCalls

/// This machine at one moment: its devices as libudev lists them, everything else from sysfs.
struct LiveHost {
  private static let sequencePath: HostPath = "sys/kernel/uevent_seqnum"
  /// How often a host that changes meanwhile is read.
  private static let attempts = 3

  private let store: LiveStore
  /// Counts every device that comes or goes, in the kernel's own words.
  private let sequence: [UInt8]?

  /// Reads the host, again when devices came or went meanwhile.
  static func read(
    needing facts: NeededFacts, by readers: Readers, keepsRecord: Bool
  ) throws(SourceError) -> HostRecord {
    var attempt = 1
    while true {
      let live = try LiveHost(readers)
      var record = live.read(needing: facts, by: readers, keepsRecord: keepsRecord)
      if LiveHost.sequence(in: live.store.directory) == live.sequence { return record }
      if attempt == attempts {
        record.add(ReadProblem(path: sequencePath, failure: .hostChanging))
        return record
      }
      attempt += 1
    }
  }

  private init(_ readers: Readers) throws(SourceError) {
    let root = try SourceError.reading("/") { () throws(ReadFailure) in
      try Descriptor.directoryOrFile(at: "/")
    }
    guard let root else { throw SourceError("cannot read /: not a directory") }
    let directory = DirectoryStore(root: root, origin: .live)
    guard (try? directory.contains("bus", in: "sys")) == true else {
      throw SourceError("no sysfs is mounted at /sys, so nothing can be said of this host")
    }
    sequence = LiveHost.sequence(in: directory)
    var inquiry = Inquiry(directory, needing: .judgement, by: readers)
    let found = inquiry.foundDevices(on: inquiry.buses())
    let survey = LiveSurvey(
      subsystems: GroupBus.all.map(\.name.text),
      devices: LiveHost.devicesWithOverride(among: found, asking: &inquiry))
    store = LiveStore(
      directory: directory, overrides: survey.overrides,
      remarks: LiveHost.remarks(on: Set(found.map(\.path)), listed: survey.listed))
  }

  private func read(
    needing facts: NeededFacts, by readers: Readers, keepsRecord: Bool
  ) -> HostRecord {
    keepsRecord
      ? store.recordedHost()
      : HostRecord(host: store.host(needing: facts, by: readers), log: SnapshotLog())
  }

  /// The devices whose `driver_override` will be wanted.
  private static func devicesWithOverride(
    among found: [FoundDevice], asking inquiry: inout Inquiry<DirectoryStore>
  ) -> [HostPath] {
    found.filter { found in
      found.bus.isWhole || inquiry.contains("iommu_group", in: found.path).value == true
        || inquiry.contains("vfio-dev", in: found.path).value == true
    }.map(\.path)
  }

  /// A device that one of the two lists lacks is reported; it is read all the same.
  static func remarks(on found: Set<HostPath>, listed: Set<HostPath>?) -> [ReadProblem] {
    guard let listed else { return [ReadProblem(path: "sys/bus", failure: .enumerationFailed)] }
    return found.subtracting(listed).map { ReadProblem(path: $0, failure: .unknownToUdev) }
      + listed.subtracting(found).map { ReadProblem(path: $0, failure: .knownOnlyToUdev) }
  }

  private static func sequence(in directory: DirectoryStore) -> [UInt8]? {
    // Without the file nothing can be said of changes, and one reading must do.
    (try? directory.attribute(String(sequencePath.name), in: "sys/kernel")) ?? nil
  }
}
