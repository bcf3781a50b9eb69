import HostModel
import HostReader

/// The tree of one host in the making: what is common to all parts.
struct TreeComposer {
  let host: HostTree
  var entries: SnapshotEntries = [:]
  /// The directory of each PCI function.
  private(set) var functionPaths: [DeviceName: HostPath] = [:]

  init(host: HostTree) {
    self.host = host
    entries.reserveCapacity(host.functions.count * 48 + 512)
    functionPaths = TreeComposer.paths(of: host.functions)
  }

  mutating func compose() {
    composeKernel()
    composeFirmware()
    composeBuses()
    composeFunctions()
    composeOtherDevices()
    composeGroups()
    composeIOMMUs()
    composeModules()
    composeVFIONodes()
    composeInterrupts()
    composeProcesses()
    composeUse()
    listDirectories()
  }

  mutating func file(_ path: HostPath, _ text: String) {
    entries[path] = .attribute(Array(text.utf8))
  }

  /// A file that exists but cannot be read, such as `bind`.
  mutating func writeOnly(_ directory: HostPath, _ names: String...) {
    for name in names { entries[directory / name] = .present }
  }

  mutating func directory(_ path: HostPath) {
    entries[path] = .directory
  }

  /// A relative link as the kernel makes it: up to the common ancestor, then down.
  mutating func link(_ path: HostPath, to target: HostPath) {
    let from = path.components.dropLast()
    let to = target.components
    var common = 0
    while common < from.count, common < to.count, from[common] == to[common] { common += 1 }
    let steps = Array(repeating: Substring(".."), count: from.count - common) + to[common...]
    entries[path] = .link(steps.joined(separator: "/"))
  }

  /// Names every directory that something lies in.
  private mutating func listDirectories() {
    for path in Array(entries.keys) {
      var next = path.parent
      while let directory = next, entries[directory] == nil {
        entries[directory] = .directory
        next = directory.parent
      }
    }
  }

  /// Where each function's directory is: below its bridges, below the root of its domain and bus.
  private static func paths(of functions: [PCIFunction]) -> [DeviceName: HostPath] {
    var parents = Dictionary(
      functions.map { ($0.name, $0.parent) }, uniquingKeysWith: { first, _ in first })
    // A virtual function lies beside its physical function, below the same bridge.
    for function in functions where function.parent == nil {
      guard case .virtual(let physical) = function.sriov else { continue }
      parents[function.name] = parents[physical]
    }
    var paths: [DeviceName: HostPath] = [:]
    for function in functions {
      var chain = [function.name]
      while let parent = parents[chain[chain.count - 1]] ?? nil, chain.count < 32 {
        chain.append(parent)
      }
      let top = chain[chain.count - 1].address ?? function.address
      let root =
        "pci\(Hexadecimal.text(top.domain, digits: 4)):\(Hexadecimal.text(top.bus, digits: 2))"
      let below = chain.reversed().map(\.description).joined(separator: "/")
      paths[function.name] = "sys/devices" / root / below
    }
    return paths
  }
}
