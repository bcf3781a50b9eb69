package import HostModel

/// Why the unbind of a driver does not return, or may not: its removal waits for whoever has a node
/// of the device open.
package enum RemovalWait: Sendable, Hashable {
  /// These processes have nodes open, and the unbind returns when they close them.
  case forProcesses([OpenNode])
  /// A stream is open; whose, was not seen.
  case forStream
  /// Whether a process has one of the nodes open was not seen.
  case unseen([EntryName])
}

/// Drivers whose removal waits, and for users of which nodes.
struct WaitingDriver: Sendable {
  /// The start of the driver's name.
  let name: String
  /// Whether it is the whole name.
  let isWhole: Bool
  /// What the names of the nodes start with.
  let nodes: String
  let source: String

  static let all: [WaitingDriver] = [
    WaitingDriver(
      name: "snd_", isWhole: false, nodes: "snd/", source: "kernel-rules §9.2; snd_card_free"),
    WaitingDriver(
      name: "sof-audio-pci-", isWhole: false, nodes: "snd/",
      source: "kernel-rules §9.2; snd_card_free"),
    WaitingDriver(
      name: "nvidia", isWhole: true, nodes: "nvidia", source: "kernel-rules §9.2; nv_pci_remove"),
  ]

  func covers(_ driver: DriverName) -> Bool {
    isWhole ? driver.text == name : driver.text.hasPrefix(name)
  }
}

extension UseIndex {
  /// Whether the unbind of a device from its driver waits for a user; `nil` where nothing says so.
  package func removalWait(of device: Device) -> RemovalWait? {
    guard let driver = device.driver.value,
      let row = WaitingDriver.all.first(where: { $0.covers(driver) })
    else { return nil }
    guard let use else { return .unseen([]) }
    guard let own = devices[device.path] else { return nil }
    let nodes = own.nodes.filter { $0.text.hasPrefix(row.nodes) }
    guard !nodes.isEmpty else { return nil }
    let users = own.users.filter { $0.name.hasPrefix(row.nodes) }
    if !users.isEmpty { return .forProcesses(users) }
    if own.services.contains(.sound) { return .forStream }
    return use.openNodes.coverage == .complete ? nil : .unseen(nodes)
  }
}
