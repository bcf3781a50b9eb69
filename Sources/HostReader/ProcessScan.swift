package import HostModel

/// The walk through `/proc/PID/fd` of every process, for the VFIO files among them.
struct ProcessScan<Source: Store> {
  private let store: Source
  private var files: [OpenVFIOFile] = []
  /// Whether some process kept its files to itself.
  private(set) var wasRefused = false

  init(_ store: Source) {
    self.store = store
  }

  /// Looks at the processes; one that ends meanwhile holds nothing.
  mutating func run(over processes: [Int]) -> [OpenVFIOFile] {
    for process in processes {
      do {
        try look(at: process)
      } catch {
        wasRefused = true
      }
    }
    return files.sorted()
  }

  private mutating func look(at process: Int) throws(ReadFailure) {
    let directory = HostPath.process(process)
    for name in try store.names(in: directory / "fd") ?? [] {
      guard let descriptor = Int(name), let text = try store.link(name, in: directory / "fd"),
        let target = OpenVFIOFile.target(ofLink: text)
      else { continue }
      files.append(
        OpenVFIOFile(
          process: process,
          command: try store.attribute("comm", in: directory).map { ProcessScan.commandName($0) },
          descriptor: descriptor,
          target: target == .device(nil) ? .device(try device(name, of: directory)) : target))
    }
  }

  private func device(_ name: String, of process: HostPath) throws(ReadFailure) -> HostPath? {
    try store.attribute(name, in: process / "fdinfo").flatMap {
      DescriptorInformation.device(in: $0)
    }
  }

  private static func commandName(_ bytes: [UInt8]) -> String {
    let line = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
    return String(decoding: line, as: UTF8.self)
  }
}

extension Store {
  /// The processes that `/proc` shows.
  func processes() throws(ReadFailure) -> [Int] {
    (try names(in: "proc") ?? []).compactMap { name in
      name.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? Int(name) : nil
    }
  }
}

extension DirectoryStore {
  package func openVFIOFiles() -> OpenFileScan {
    let processes: [Int]
    do {
      processes = try self.processes()
    } catch {
      return OpenFileScan(files: [], coverage: .unread(error))
    }
    // A copy without processes tells nothing of who held what.
    guard !processes.isEmpty else {
      return OpenFileScan(files: [], coverage: .unread(.notCaptured))
    }
    var scan = ProcessScan(self)
    let files = scan.run(over: processes)
    let sawAll = origin == .live && !scan.wasRefused && canSeeEveryProcess
    return OpenFileScan(files: files, coverage: sawAll ? .complete : .partial)
  }

  /// Whether `/proc` shows the processes of the whole host: to root, in the first pid namespace. A
  /// mount with `hidepid` hides processes from everybody else without a word.
  private var canSeeEveryProcess: Bool {
    OpenFile.isRoot && isInFirstNamespace(OpenFile.processNumber)
  }
}

extension Store {
  /// Whether a process is in the first pid namespace, whose number is `PROC_PID_INIT_INO` of
  /// `include/linux/proc_ns.h`; a kernel without CONFIG_PID_NS has one and shows no number.
  package func isInFirstNamespace(_ process: Int) -> Bool {
    let directory = HostPath.process(process)
    do throws(ReadFailure) {
      guard let namespace = try link("pid", in: directory / "ns") else {
        return try contains("ns", in: directory)
      }
      return namespace == "pid:[4026531836]"
    } catch {
      return false
    }
  }
}

extension SnapshotStore {
  package func openVFIOFiles() -> OpenFileScan {
    // What a snapshot has of processes was found by such a walk; it lists none of the directories.
    var found = self
    found.unlisted = .absent
    let processes = (try? found.processes()) ?? []
    var scan = ProcessScan(found)
    let files = scan.run(over: processes)
    let coverage: OpenFileScan.Coverage =
      switch (entries[.processCoverage], unlisted) {
      case (.absent, _), (nil, .absent): .complete
      case (.failed(.refused(.permissionDenied)), _): .partial
      case (.failed(let failure), _): .unread(failure)
      default: .unread(.notCaptured)
      }
    return OpenFileScan(files: files, coverage: coverage)
  }
}
