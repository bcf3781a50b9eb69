import HostModel

/// The advice to move a card to another slot: the first where a disk, a network port or a USB
/// controller of the host shares its group, and the only one where the host would be lost.
struct CardMove {
  /// Members on VFIO drivers, whose card is to move.
  private let given: [DeviceName]
  private let reason: String
  /// Whether what stands in the way must stay with the host.
  let isOnlyWay: Bool

  /// `nil` where no member is worth the trouble, or is a function of the same card.
  init?(for blamed: [MemberAssessment], in context: AuditContext) {
    guard let number = blamed.first?.device.group.value, let group = context.group(number) else {
      return nil
    }
    given = group.vfioBound.map(\.device.name)
    let slots = Set(given.compactMap { $0.address?.firstFunction })
    let others = blamed.map(\.device).filter { device in
      device.name.address.map { !slots.contains($0.firstFunction) } ?? false
    }
    guard !given.isEmpty, !others.isEmpty else { return nil }
    if let use = context.use {
      let losses = use.cost(of: others).losses
      guard let worst = losses.first else { return nil }
      isOnlyWay = worst.weight == .loses
      reason = "\(worst.device) \(worst.kind.phrase)"
      return
    }
    isOnlyWay = false
    guard let device = others.first(where: { CardMove.noun(of: $0) != nil }),
      let noun = CardMove.noun(of: device)
    else { return nil }
    reason = "\(device.name) is a \(noun)"
  }

  var text: String {
    "move the card of \(Phrase.devices(given)) to a slot with a separate group, since \(reason)"
  }

  /// What the host may need without further facts.
  private static func noun(of device: Device) -> String? {
    switch DeviceKind(device.identity.value) {
    case .storage: "disk controller"
    case .network: "network card"
    case .usb: "USB controller"
    case .display, .accelerator, .sound, .other: nil
    }
  }
}

extension LossKind {
  /// What a device with such a loss is to its host, after its name.
  fileprivate var phrase: String {
    switch self {
    case .rootDisk: "has a disk that the host runs from"
    case .mount: "has a disk that the host uses"
    case .defaultRoute: "has the default route of the host"
    case .network: "has an interface that the host uses"
    case .console: "shows the console of the host"
    case .input: "has a keyboard of the host"
    case .openDevice: "is open in the host"
    case .service: "serves the host"
    }
  }
}
