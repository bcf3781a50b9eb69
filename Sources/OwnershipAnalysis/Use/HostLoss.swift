package import HostModel

/// Something that the host no longer has once devices are given to user space.
///
/// A value: its text is made where it is shown (`Reporting/Words`).
package struct HostLoss: Sendable, Hashable {
  package let loss: Loss
  /// The device that it goes with.
  package let device: DeviceName
  /// What goes, as far as it has a name: block devices, interfaces, consoles, nodes.
  package let things: [EntryName]
  /// What stands on these: volumes, bridges.
  package let tops: [EntryName]
  /// Processes that use it.
  package let users: [OpenNode]

  package init(
    _ loss: Loss, with device: DeviceName, things: [EntryName] = [], tops: [EntryName] = [],
    users: [OpenNode] = []
  ) {
    self.loss = loss
    self.device = device
    self.things = things
    self.tops = tops
    self.users = users
  }

  package var kind: LossKind { loss.row.kind }
  package var weight: LossWeight { loss.row.weight }
  package var rule: RuleSlug { kind.rule }
}

/// How bad it is for the host, from nothing on.
package enum LossWeight: String, Sendable, Comparable, CaseIterable {
  /// The host runs on without it, and something on it stops working.
  case hurts
  /// It may be any of the others: what decides cannot be seen.
  case unknown
  /// The host no longer works, or can no longer be reached.
  case loses

  private var rank: Int { LossWeight.allCases.firstIndex(of: self) ?? 0 }

  package static func < (left: LossWeight, right: LossWeight) -> Bool { left.rank < right.rank }
}

/// The kinds that can be accepted one by one, each with its rule.
package enum LossKind: String, Sendable, CaseIterable {
  case rootDisk = "root-disk"
  case mount
  case defaultRoute = "default-route"
  case network
  case console
  case input
  case openDevice = "open-device"
  case service

  package var word: String { rawValue }

  package var rule: RuleSlug {
    switch self {
    case .rootDisk: .hostRootDisk
    case .mount: .hostMount
    case .defaultRoute: .hostDefaultRoute
    case .network: .hostNetwork
    case .console: .hostConsole
    case .input: .hostInput
    case .openDevice: .hostOpenDevice
    case .service: .hostService
    }
  }
}

/// What a device can be to its host.
package enum Loss: String, Sendable, CaseIterable {
  case root
  case usr
  case variable = "var"
  case swap
  /// A file system whose disks cannot be seen, on a disk of which nothing else is seen.
  case pooled
  case boot
  case firmware = "boot-efi"
  case mounts
  /// It is part of a volume or an array of which nothing is seen to be mounted.
  case member

  case onlyDefaultRoute = "only-default-route"
  case oneDefaultRoute = "one-default-route"
  case address
  /// It is a port of a bond, a bridge or the like.
  case port
  /// A network driver whose interface is not there: it can be in another namespace.
  case unseenInterface = "unseen-interface"

  case onlyConsole = "only-console"
  case serialConsole = "serial-console"
  case screen

  case onlyKeyboard = "only-keyboard"
  case keyboard

  case open

  case sound
  case tpm
  case watchdog
  case isaBridge = "isa-bridge"
  case smbus

  package var code: String { rawValue }

  /// The one table of what weighs how much.
  package var row: (kind: LossKind, weight: LossWeight) {
    switch self {
    case .root, .usr, .variable, .swap: (.rootDisk, .loses)
    case .pooled: (.rootDisk, .unknown)
    case .boot, .firmware, .mounts, .member: (.mount, .hurts)
    case .onlyDefaultRoute: (.defaultRoute, .loses)
    case .oneDefaultRoute: (.defaultRoute, .hurts)
    case .address, .port: (.network, .hurts)
    case .unseenInterface: (.network, .unknown)
    case .onlyConsole: (.console, .loses)
    case .serialConsole, .screen: (.console, .hurts)
    case .onlyKeyboard: (.input, .loses)
    case .keyboard: (.input, .hurts)
    case .open: (.openDevice, .hurts)
    case .sound, .tpm, .watchdog, .isaBridge, .smbus: (.service, .hurts)
    }
  }
}
