import HostModel

/// The VFIO files that processes hold open, found by what they concern: made once for a host.
struct OpenFileIndex {
  private var byGroup: [GroupNumber: [OpenVFIOFile]] = [:]
  private var byDeviceNode: [EntryName: [OpenVFIOFile]] = [:]
  private var byDevice: [HostPath: [OpenVFIOFile]] = [:]

  /// A device file that does not name its device (before 6.18) is of the only group whose node its
  /// process holds, since it was opened through it; of several, it is not known which.
  init(_ scan: OpenFileScan) {
    var nodes: [Int: Set<GroupNumber>] = [:]
    for file in scan.files {
      if case .group(let node) = file.target { nodes[file.process, default: []].insert(node.group) }
    }
    for file in scan.files {
      switch file.target {
      case .group(let node): byGroup[node.group, default: []].append(file)
      case .deviceNode(let name): byDeviceNode[name, default: []].append(file)
      case .device(let path?): byDevice[path, default: []].append(file)
      case .device(nil):
        guard let groups = nodes[file.process], groups.count == 1, let group = groups.first
        else { continue }
        byGroup[group, default: []].append(file)
      case .container, .iommufd: break
      }
    }
  }

  func files(of group: IOMMUGroup, members: [MemberAssessment]) -> OpenFiles {
    guard !byGroup.isEmpty || !byDeviceNode.isEmpty || !byDevice.isEmpty else { return OpenFiles() }
    var files = byGroup[group.number] ?? []
    for member in members {
      files += byDevice[member.device.path] ?? []
      for node in member.device.vfioDevices.value ?? [] { files += byDeviceNode[node.name] ?? [] }
    }
    let isUnread = members.contains { $0.device.vfioDevices.failure != nil }
    return OpenFiles(files, mayHoldMore: isUnread && !byDeviceNode.isEmpty)
  }
}

/// The VFIO files held open that concern one group.
package struct OpenFiles: Sendable, Equatable {
  private let files: [OpenVFIOFile]
  /// A device node is held, and whether it is a member's could not be read.
  let mayHoldMore: Bool

  init(_ files: [OpenVFIOFile] = [], mayHoldMore: Bool = false) {
    self.files = files.sorted()
    self.mayHoldMore = mayHoldMore
  }

  /// The processes that hold a device node of a member, each with the nodes it holds.
  var deviceNodesByProcess: [Int: Set<EntryName>] {
    var nodes: [Int: Set<EntryName>] = [:]
    for file in files {
      if case .deviceNode(let name) = file.target { nodes[file.process, default: []].insert(name) }
    }
    return nodes
  }

  /// The processes that hold the group's own node.
  var processesWithGroupNode: Set<Int> {
    Set(files.filter { if case .group = $0.target { true } else { false } }.map(\.process))
  }

  /// Processes, `qemu-system-x86 (4711)`, each once.
  var holders: [String] {
    var seen: Set<Int> = []
    return files.filter { seen.insert($0.process).inserted }
      .map(\.holder)
  }

  /// A device of the group is open: its group is attached to a container or an iommufd.
  var holdsDevice: Bool {
    files.contains { if case .device = $0.target { true } else { false } }
  }

  /// The group's node or a cdev is open, which by itself claims nothing.
  var holdsGroup: Bool { !files.isEmpty }

  /// The group node is held.
  var holdsGroupNode: Bool { !processesWithGroupNode.isEmpty }

  /// A cdev of a member is held.
  var holdsDeviceNode: Bool { !deviceNodesByProcess.isEmpty }

  /// The links in `/proc/PID/fd`.
  var evidence: [Evidence] {
    files.map {
      Evidence(
        path: HostPath.root / "proc/\($0.process)/fd/\($0.descriptor)",
        value: $0.target.linkText)
    }
  }
}

extension OpenVFIOFile {
  /// The process that holds it, `qemu-system-x86 (4711)`.
  var holder: String { "\(command ?? "process") (\(process))" }
}
