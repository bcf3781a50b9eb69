import HostModel

extension HostPath {
  /// Where a snapshot says how far processes could be seen: absent when all were.
  static let processCoverage: HostPath = "proc/*/fd"

  /// Where it says the same of nodes of devices.
  static let nodeCoverage: HostPath = "dev/*"

  static func process(_ number: Int) -> HostPath { "proc" / String(number) }
}

extension OpenFileScan {
  /// The scan as entries of a snapshot.
  var snapshotEntries: SnapshotEntries {
    var entries: SnapshotEntries = [:]
    for file in files {
      let process = HostPath.process(file.process)
      let descriptor = String(file.descriptor)
      entries[process / "comm"] = file.command.map { .attribute(Array("\($0)\n".utf8)) } ?? .absent
      entries[process / "fd" / descriptor] = .link(file.target.linkText)
      if case .device(let path?) = file.target {
        entries[process / "fdinfo" / descriptor] =
          .attribute(Array("\(DescriptorInformation.deviceKey) \(path)\n".utf8))
      }
    }
    if let entry = coverage.snapshotEntry { entries[.processCoverage] = entry }
    return entries
  }
}

extension OpenNodeScan {
  /// The scan as entries of a snapshot.
  var snapshotEntries: SnapshotEntries {
    var entries: SnapshotEntries = [:]
    for node in nodes {
      let process = HostPath.process(node.process)
      entries[process / "comm"] = node.command.map { .attribute(Array("\($0)\n".utf8)) } ?? .absent
      entries[process / "fd" / String(node.descriptor)] = .link("/dev/\(node.name)")
    }
    if let entry = coverage.snapshotEntry { entries[.nodeCoverage] = entry }
    return entries
  }
}

extension OpenFileScan.Coverage {
  fileprivate var snapshotEntry: SnapshotEntry? {
    switch self {
    case .complete: .absent
    case .partial: .failed(.refused(.permissionDenied))
    case .unread(let failure): .failed(failure)
    case .notNeeded: nil
    }
  }

  /// - Parameter entry: what a snapshot says of it, where it says anything.
  init(_ entry: SnapshotEntry?, isWhole: Bool, wasRefused: Bool) {
    self =
      switch entry {
      case .absent: wasRefused ? .partial : .complete
      case nil where isWhole: wasRefused ? .partial : .complete
      case .failed(.refused(.permissionDenied)): .partial
      case .failed(let failure): .unread(failure)
      default: .unread(.notCaptured)
      }
  }
}

/// `/proc/PID/fdinfo/N`, as far as it is about VFIO (kernel-rules §8.1).
enum DescriptorInformation {
  /// Before the path of the device; from 6.18.
  static let deviceKey = "vfio-device-syspath:"

  static func device(in bytes: [UInt8]) -> HostPath? {
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    where line.hasPrefix(deviceKey) {
      return HostPath(line.dropFirst(deviceKey.count).drop { $0 == " " || $0 == "\t" })
    }
    return nil
  }
}
