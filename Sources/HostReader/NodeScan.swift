package import HostModel

/// The walk through `/proc/PID/fd` of every process, for nodes of devices among them.
struct NodeScan<Source: Store> {
  private let store: Source
  private let index: NodeIndex
  /// The number of the node behind a link, where a running kernel shows it.
  private let numberBehind:
    (String, HostPath) throws(ReadFailure) -> (number: DeviceNumber, isBlock: Bool)?
  private var nodes: [OpenNode] = []
  /// Whether some process kept its files to itself.
  private(set) var wasRefused = false

  init(
    _ store: Source, among index: NodeIndex,
    numberBehind:
      @escaping (String, HostPath) throws(ReadFailure) -> (
        number: DeviceNumber, isBlock: Bool
      )? = { _, _ in nil }
  ) {
    self.store = store
    self.index = index
    self.numberBehind = numberBehind
  }

  /// Looks at all processes that `/proc` shows; one that ends meanwhile holds nothing.
  mutating func runOverAll() -> [OpenNode] {
    do {
      for process in try store.processes() {
        do { try look(at: process) } catch { wasRefused = true }
      }
    } catch {
      wasRefused = true
    }
    return nodes.sorted()
  }

  private mutating func look(at process: Int) throws(ReadFailure) {
    let directory = HostPath.process(process)
    let files = directory / "fd"
    for name in try store.names(in: files) ?? [] {
      guard let descriptor = Int(name), let text = try store.link(name, in: files),
        let node = try node(text, name, in: files)
      else { continue }
      nodes.append(
        OpenNode(
          process: process,
          command: try store.attribute("comm", in: directory).map {
            ProcessScan<Source>.commandName($0)
          }, descriptor: descriptor, name: node))
    }
  }

  /// By number where the kernel shows it, since a node can have any name; else by name.
  private func node(
    _ text: String, _ name: String, in files: HostPath
  ) throws(ReadFailure) -> String? {
    guard text.hasPrefix("/dev/"), text != "/dev/null", !text.hasPrefix("/dev/pts/"),
      !text.hasPrefix("/dev/shm/")
    else { return nil }
    guard let device = try numberBehind(name, files) else { return index.name(ofLink: text) }
    return index.name(of: device.number, isBlock: device.isBlock)
  }
}

extension DirectoryStore {
  package func openNodes(among nodes: NodeIndex) -> OpenNodeScan {
    do throws(ReadFailure) {
      // A copy without processes does not show who held what.
      guard try !processes().isEmpty else {
        return OpenNodeScan(nodes: [], coverage: .unread(.notCaptured))
      }
    } catch {
      return OpenNodeScan(nodes: [], coverage: .unread(error))
    }
    var scan = NodeScan(self, among: nodes) { name, files throws(ReadFailure) in
      self.origin == .live ? try self.deviceNumber(of: name, in: files) : nil
    }
    let found = scan.runOverAll()
    let sawAll = origin == .live && !scan.wasRefused && showsEveryProcess
    return OpenNodeScan(nodes: found, coverage: sawAll ? .complete : .partial)
  }
}

extension SnapshotStore {
  package func openNodes(among nodes: NodeIndex) -> OpenNodeScan {
    var scan = NodeScan(SnapshotStore(table, unlisted: .absent), among: nodes)
    let found = scan.runOverAll()
    return OpenNodeScan(
      nodes: found,
      coverage: OpenFileScan.Coverage(
        entry(at: .nodeCoverage), isWhole: unlisted == .absent, wasRefused: scan.wasRefused))
  }
}
