import HostModel

/// The VFIO files held open that concern one group.
struct OpenFiles {
  private let files: [OpenVFIOFile]

  init(of group: IOMMUGroup, members: [MemberAssessment], in scan: OpenFileScan) {
    guard !scan.files.isEmpty else {
      files = []
      return
    }
    let paths = Set(members.map(\.device.path))
    let onlyNode = OpenFiles.processesWithOnlyNode(of: group.number, in: scan)
    let nodes = Set(
      members.flatMap { member in (member.device.vfioDevices.value ?? []).map(\.name) })
    files = scan.files.filter { file in
      switch file.target {
      case .group(let node): node.group == group.number
      case .deviceNode(let name): nodes.contains(name)
      case .device(let path?): paths.contains(path)
      case .device(nil): onlyNode.contains(file.process)
      case .container, .iommufd: false
      }
    }
  }

  /// Processes that hold this group's node and no other's: a device file of theirs that does not
  /// name its device (before 6.18) is of this group, since it was opened through it.
  private static func processesWithOnlyNode(
    of group: GroupNumber, in scan: OpenFileScan
  ) -> Set<Int> {
    var nodes: [Int: Set<GroupNumber>] = [:]
    for file in scan.files {
      if case .group(let node) = file.target { nodes[file.process, default: []].insert(node.group) }
    }
    return Set(nodes.filter { $0.value == [group] }.keys)
  }

  /// The processes that hold a device node of a member, each with the nodes it holds.
  var deviceNodesByProcess: [Int: Set<String>] {
    var nodes: [Int: Set<String>] = [:]
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
    return files.sorted().filter { seen.insert($0.process).inserted }
      .map { "\($0.command ?? "process") (\($0.process))" }
  }

  /// A device of the group is open: its group is attached to a container or an iommufd.
  var holdsDevice: Bool {
    files.contains { if case .device = $0.target { true } else { false } }
  }

  /// The group's node or a cdev is open, which alone claims nothing.
  var holdsGroup: Bool { !files.isEmpty }

  /// The group node is held.
  var holdsGroupNode: Bool { !processesWithGroupNode.isEmpty }

  /// A cdev of a member is held.
  var holdsDeviceNode: Bool { !deviceNodesByProcess.isEmpty }

  /// The links in `/proc/PID/fd`.
  var evidence: [Evidence] {
    files.sorted().map {
      Evidence(
        path: HostPath.root / "proc/\($0.process)/fd/\($0.descriptor)",
        value: $0.target.linkText)
    }
  }
}
