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

  /// Looks at all processes that `/proc` shows.
  mutating func runOverAll() -> [OpenVFIOFile] {
    do {
      return run(over: try store.processes())
    } catch {
      wasRefused = true
      return []
    }
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

  static func commandName(_ bytes: [UInt8]) -> String {
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
    // A copy without processes does not show who held what.
    guard !processes.isEmpty else {
      return OpenFileScan(files: [], coverage: .unread(.notCaptured))
    }
    var scan = ProcessScan(self)
    let files = scan.run(over: processes)
    let sawAll = origin == .live && !scan.wasRefused && showsEveryProcess
    return OpenFileScan(files: files, coverage: sawAll ? .complete : .partial)
  }
}

extension Store {
  /// Whether `/proc` lists the processes of the whole host for the program itself.
  ///
  /// It does in the first pid namespace, to whoever may trace every process: that takes
  /// CAP_SYS_PTRACE in the first user namespace. From everybody else a mount with `hidepid` hides
  /// processes without a word, and root of another user namespace is such a one
  /// (`proc_pid_readdir`, `has_pid_permissions`).
  package var showsEveryProcess: Bool {
    do throws(ReadFailure) {
      // The number that this mount of /proc has for the program, which need not be getpid(2)'s.
      guard let text = try link("self", in: "proc"), let number = Int(text) else { return false }
      let process = HostPath.process(number)
      guard try isFirst(.pid, of: process), try isFirst(.user, of: process) else { return false }
      return try mayTrace(process)
    } catch {
      return false
    }
  }

  /// Whether a process is in the first namespace of a kind; a kernel that is built without the kind
  /// has one and shows no number.
  private func isFirst(
    _ kind: ProcessNamespace, of process: HostPath
  ) throws(ReadFailure) -> Bool {
    guard let namespace = try link(kind.rawValue, in: process / "ns") else {
      return try contains("ns", in: process)
    }
    return namespace == "\(kind.rawValue):[\(kind.firstNumber)]"
  }

  /// Whether the effective capabilities of a process have CAP_SYS_PTRACE.
  private func mayTrace(_ process: HostPath) throws(ReadFailure) -> Bool {
    let status = String(decoding: try attribute("status", in: process) ?? [], as: UTF8.self)
    let key = "CapEff:\t"
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(key) }),
      let capabilities = UInt64(line.dropFirst(key.count), radix: 16)
    else { return false }
    // CAP_SYS_PTRACE is 19, include/uapi/linux/capability.h.
    return capabilities & 1 << 19 != 0
  }
}

/// A kind of namespace that decides what a process sees of others.
private enum ProcessNamespace: String {
  case pid
  case user

  /// `PROC_PID_INIT_INO` and `PROC_USER_INIT_INO` of `include/linux/proc_ns.h`.
  var firstNumber: UInt32 {
    switch self {
    case .pid: 0xefff_fffc
    case .user: 0xefff_fffd
    }
  }
}

extension SnapshotStore {
  package func openVFIOFiles() -> OpenFileScan {
    // What a snapshot has of processes was found by such a walk; it lists none of the directories.
    var scan = ProcessScan(SnapshotStore(table, unlisted: .absent))
    let files = scan.runOverAll()
    return OpenFileScan(
      files: files,
      coverage: OpenFileScan.Coverage(
        entry(at: .processCoverage), isWhole: unlisted == .absent, wasRefused: scan.wasRefused))
  }
}
