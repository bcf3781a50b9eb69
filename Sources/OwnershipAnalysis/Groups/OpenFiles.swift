import HostModel

/// The VFIO files held open that concern one group.
struct OpenFiles {
  private let files: [OpenVFIOFile]
  private let group: GroupNumber

  init(of group: IOMMUGroup, members: [MemberAssessment], in scan: OpenFileScan) {
    let paths = Set(members.map(\.device.path))
    let nodes = Set(
      members.flatMap { member in (member.device.vfioDevices.value ?? []).map(\.name) })
    self.group = group.number
    files = scan.files.filter { file in
      switch file.target {
      case .group(let node): node.group == group.number
      case .deviceNode(let name): nodes.contains(name)
      case .device(let path): path.map(paths.contains) ?? false
      case .container, .iommufd: false
      }
    }
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
  var holdsGroupNode: Bool {
    files.contains { if case .group = $0.target { true } else { false } }
  }

  /// A cdev of a member is held.
  var holdsDeviceNode: Bool {
    files.contains { if case .deviceNode = $0.target { true } else { false } }
  }

  /// The links in `/proc/PID/fd`.
  var evidence: [Evidence] {
    files.sorted().map {
      Evidence(
        path: HostPath.root / "proc/\($0.process)/fd/\($0.descriptor)",
        value: $0.target.linkText)
    }
  }
}

extension OpenVFIOFile.Target {
  /// The text of the link in `/proc/PID/fd`.
  fileprivate var linkText: String {
    switch self {
    case .group(let node): "/dev/vfio/\(node.name)"
    case .container: "/dev/vfio/vfio"
    case .deviceNode(let name): "/dev/vfio/devices/\(name)"
    case .iommufd: "/dev/iommu"
    case .device: "anon_inode:[vfio-device]"
    }
  }
}
