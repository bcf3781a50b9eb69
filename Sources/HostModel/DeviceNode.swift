/// A device that has a node below `/dev`, by the entry of `/sys/dev/block` or `/sys/dev/char`.
package struct DeviceNode: Sendable, Hashable {
  package let number: DeviceNumber
  package let isBlock: Bool
  package let path: HostPath

  package init(number: DeviceNumber, isBlock: Bool, path: HostPath) {
    self.number = number
    self.isBlock = isBlock
    self.path = path
  }

  /// The name below `/dev` that the kernel gives it, `dri/card0`, by its directory
  /// (the `devnode` functions of the subsystems).
  package var name: String {
    let name = String(path.name).replacing("!", with: "/")
    guard !isBlock, let parent = path.parent else { return name }
    switch (parent.name, parent.parent?.name) {
    case ("drm", _): return "dri/" + name
    case ("accel", _): return "accel/" + name
    case ("bsg", _): return "bsg/" + name
    case ("infiniband_verbs", _), ("infiniband_mad", _), ("infiniband_cm", _):
      return "infiniband/" + name
    case (_, "sound"): return "snd/" + name
    case (_, "input"): return "input/" + name
    default: break
    }
    // USB devices: `usb_devnode` counts 128 devices for each bus.
    guard number.major == 189 else { return name }
    let place = [number.minor / 128 + 1, number.minor % 128 + 1].map { part in
      String(repeating: "0", count: max(0, 3 - String(part).utf8.count)) + String(part)
    }
    return "bus/usb/" + place.joined(separator: "/")
  }
}

/// A node of a device that a process has open.
package struct OpenNode: Sendable, Hashable {
  package let process: Int
  /// `/proc/PID/comm`.
  package let command: String?
  package let descriptor: Int
  /// The name below `/dev`.
  package let name: String

  package init(process: Int, command: String?, descriptor: Int, name: String) {
    self.process = process
    self.command = command
    self.descriptor = descriptor
    self.name = name
  }
}

extension OpenNode: Comparable {
  package static func < (left: OpenNode, right: OpenNode) -> Bool {
    (left.process, left.descriptor) < (right.process, right.descriptor)
  }
}

/// The search for nodes of devices among the open files of all processes.
package struct OpenNodeScan: Sendable, Equatable {
  package let nodes: [OpenNode]
  package let coverage: OpenFileScan.Coverage

  package init(nodes: [OpenNode], coverage: OpenFileScan.Coverage) {
    self.nodes = nodes
    self.coverage = coverage
  }
}
