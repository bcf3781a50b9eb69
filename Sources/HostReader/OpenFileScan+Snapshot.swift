import HostModel

extension HostPath {
  /// Where a snapshot says how far processes could be seen: absent when all were.
  static let processCoverage: HostPath = "proc/*/fd"

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
    switch coverage {
    case .complete: entries[.processCoverage] = .absent
    case .partial: entries[.processCoverage] = .failed(.refused(.permissionDenied))
    case .unread(let failure): entries[.processCoverage] = .failed(failure)
    case .notNeeded: break
    }
    return entries
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
