import HostModel
import HostReader

/// What the host uses its devices for: `/sys/dev`, classes, and files of procfs.
extension TreeComposer {
  mutating func composeUse() {
    guard let use = host.use else { return }
    directory("sys/dev/char")
    directory("sys/dev/block")
    composeStorage(use)
    composeNetwork(use)
    composeConsoles(use)
    for (kind, numbers) in use.namespaces {
      entries["proc/self/ns" / kind] = .link("\(kind):[\(numbers.own)]")
      entries["proc/1/ns" / kind] = .link("\(kind):[\(numbers.first)]")
    }
  }

  private func path(of place: UseSetup.Place) -> HostPath {
    switch place {
    case .path(let path): path
    case .below(let function, let directory):
      (functionPaths[function] ?? "sys/devices/platform") / directory
    }
  }

  private mutating func composeStorage(_ use: UseSetup) {
    let paths = Dictionary(
      use.blocks.map { ($0.name, path(of: $0.place)) }, uniquingKeysWith: { first, _ in first })
    for block in use.blocks {
      let path = path(of: block.place)
      file(path / "dev", block.number + "\n")
      link("sys/dev/block" / block.number, to: path)
      directory(path / "slaves")
      for slave in block.slaves {
        if let target = paths[slave] { link(path / "slaves" / slave, to: target) }
      }
      if let mapping = block.mapping { file(path / "dm/name", mapping + "\n") }
      if block.hasFile { file(path / "loop/backing_file", "/SECRET.img\n") }
    }
    file("proc/self/mountinfo", use.mounts.map { $0 + "\n" }.joined())
    file(
      "proc/swaps",
      "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n" + use.swaps.map { $0 + "\n" }.joined())
  }

  private mutating func composeNetwork(_ use: UseSetup) {
    let names = use.interfaces.map(\.name)
    directory("sys/class/net")
    for (index, interface) in use.interfaces.enumerated() {
      let path = path(of: interface.place)
      link("sys/class/net" / interface.name, to: path)
      file(path / "operstate", interface.isUp ? "up\n" : "down\n")
      file(path / "address", "52:54:00:12:34:56\n")
      file(path / "ifindex", "\(index + 1)\n")
      let lower = interface.lower.flatMap { names.firstIndex(of: $0) } ?? index
      file(path / "iflink", "\(lower + 1)\n")
      if let master = use.interfaces.first(where: { $0.name == interface.master }) {
        link(path / "master", to: self.path(of: master.place))
      }
    }
    let lines = ["Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask"] + use.routes
    file("proc/self/net/route", lines.map { $0 + "\n" }.joined())
    file("proc/self/net/ipv6_route", use.routes6.map { $0 + "\n" }.joined())
    file("proc/self/net/if_inet6", use.addresses6.map { $0 + "\n" }.joined())
  }

  private mutating func composeConsoles(_ use: UseSetup) {
    for node in use.nodes { link("sys/dev/char" / node.number, to: path(of: node.place)) }
    if let vga = use.bootVGA, let path = functionPaths[vga] { file(path / "boot_vga", "1\n") }
    for connector in use.connectors {
      let path = path(of: connector.place)
      link("sys/class/drm" / String(path.name), to: path)
      file(path / "status", connector.isConnected ? "connected\n" : "disconnected\n")
    }
    file("proc/consoles", use.consoles.map { $0 + "\n" }.joined())
    directory("sys/class/input")
    for keyboard in use.keyboards {
      let path = path(of: keyboard)
      link("sys/class/input" / String(path.name), to: path)
      file(
        path / "capabilities/key",
        "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe\n")
    }
    for card in use.playing {
      file("proc/asound" / "card\(card)" / "pcm0p/sub0/status", "state: RUNNING\nowner_pid   : 1\n")
    }
  }
}
