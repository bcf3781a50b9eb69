package import HostModel

/// What it costs the host to give devices to user space, all at once.
package struct HostCost: Sendable, Equatable {
  /// The worst first, then by device.
  package let losses: [HostLoss]
  /// What was not seen and could be a loss.
  package let unseen: [UnseenUse]

  package init(losses: [HostLoss], unseen: [UnseenUse]) {
    self.losses = losses
    self.unseen = unseen
  }

  package static let nothing = HostCost(losses: [], unseen: [])

  /// The losses of one of the devices.
  package func losses(with device: DeviceName) -> [HostLoss] {
    losses.filter { $0.device == device }
  }

  /// The worst of the losses that were not accepted.
  package func weight(allowing allowed: Set<LossKind> = []) -> LossWeight? {
    losses.lazy.filter { !allowed.contains($0.kind) }.map(\.weight).max()
  }

  /// What it comes to, where some kinds of loss are accepted.
  package func conclusion(allowing allowed: Set<LossKind> = []) -> Conclusion {
    let worst: Conclusion =
      switch weight(allowing: allowed) {
      case .loses: .critical
      case .unknown: .cannotTell
      case .hurts: .warnings
      case nil: .fine
      }
    return unseen.isEmpty ? worst : max(worst, .cannotTell)
  }
}

/// A part of what a host uses its devices for that was not seen.
package enum UnseenUse: Sendable, Hashable {
  /// All of it; the capture was never asked.
  case everything(ReadFailure)
  case mounts(ReadFailure)
  case interfaces(ReadFailure)
  case consoles(ReadFailure)
  /// Mounts and interfaces are those of a container.
  case outsideOfContainer

  package var code: String {
    switch self {
    case .everything: "use-not-read"
    case .mounts: "mounts-not-read"
    case .interfaces: "interfaces-not-read"
    case .consoles: "consoles-not-read"
    case .outsideOfContainer: "seen-from-a-container"
    }
  }
}
