/// A VFIO file that a process holds open, from `/proc/PID/fd`.
package struct OpenVFIOFile: Sendable, Hashable {
  package let process: Int
  /// `/proc/PID/comm`.
  package let command: String?
  package let descriptor: Int
  package let target: Target

  package enum Target: Sendable, Hashable {
    /// `/dev/vfio/N` or `/dev/vfio/noiommu-N`.
    case group(VFIOGroupNode)
    /// `/dev/vfio/vfio`.
    case container
    /// `/dev/vfio/devices/NAME`.
    case deviceNode(EntryName)
    /// `/dev/iommu`.
    case iommufd
    /// `anon_inode:[vfio-device]`; the path is in fdinfo from 6.18.
    case device(HostPath?)
  }

  package init(process: Int, command: String?, descriptor: Int, target: Target) {
    self.process = process
    self.command = command
    self.descriptor = descriptor
    self.target = target
  }

  /// What the link in `/proc/PID/fd` says, where it is a VFIO file.
  package static func target(ofLink text: some StringProtocol) -> Target? {
    switch text {
    case "/dev/vfio/vfio": return .container
    case "/dev/iommu": return .iommufd
    case "anon_inode:[vfio-device]": return .device(nil)
    default: break
    }
    let directory = "/dev/vfio/"
    guard text.hasPrefix(directory) else { return nil }
    let name = text.dropFirst(directory.count)
    if name.hasPrefix("devices/") { return .deviceNode(EntryName(String(name.dropFirst(8)))) }
    return VFIOGroupNode(name: name).map(Target.group)
  }
}

extension OpenVFIOFile.Target {
  /// The text of the link in `/proc/PID/fd`, the inverse of `OpenVFIOFile.target(ofLink:)`.
  package var linkText: String {
    switch self {
    case .group(let node): "/dev/vfio/\(node.name)"
    case .container: "/dev/vfio/vfio"
    case .deviceNode(let name): "/dev/vfio/devices/\(name)"
    case .iommufd: "/dev/iommu"
    case .device: "anon_inode:[vfio-device]"
    }
  }
}

extension OpenVFIOFile: Comparable {
  package static func < (left: OpenVFIOFile, right: OpenVFIOFile) -> Bool {
    (left.process, left.descriptor) < (right.process, right.descriptor)
  }
}

/// The search for VFIO files among the open files of all processes.
package struct OpenFileScan: Sendable, Equatable {
  package let files: [OpenVFIOFile]
  package let coverage: Coverage

  package enum Coverage: Sendable, Hashable {
    /// Every process was seen, as root in the host's own pid namespace.
    case complete
    /// Some processes kept their files to themselves.
    case partial
    /// Not looked for: there is no VFIO node that could be open.
    case notNeeded
    /// `/proc` did not answer, or the capture does not say.
    case unread(ReadFailure)
  }

  package init(files: [OpenVFIOFile], coverage: Coverage) {
    self.files = files
    self.coverage = coverage
  }

  package static let notNeeded = OpenFileScan(files: [], coverage: .notNeeded)
}
