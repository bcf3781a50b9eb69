package import HostModel

/// Nodes of devices by their numbers and names, to find them among open files.
package struct NodeIndex: Sendable {
  private struct Key: Hashable {
    let number: DeviceNumber
    let isBlock: Bool
  }

  private var names: [Key: String] = [:]
  private var known: Set<EntryName> = []

  package init(_ nodes: [DeviceNode]) {
    for node in nodes {
      let name = node.name
      names[Key(number: node.number, isBlock: node.isBlock)] = name
      known.insert(EntryName(name))
    }
  }

  /// The kernel's name of the node with this number.
  func name(of number: DeviceNumber, isBlock: Bool) -> String? {
    names[Key(number: number, isBlock: isBlock)]
  }

  /// The same of a node that has the kernel's name, as a link in `/proc/PID/fd` shows it.
  func name(ofLink text: String) -> String? {
    let directory = "/dev/"
    guard text.hasPrefix(directory) else { return nil }
    let name = String(text.dropFirst(directory.count))
    return known.contains(EntryName(name)) ? name : nil
  }
}
