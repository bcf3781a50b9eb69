import HostModel
package import OwnershipAnalysis

extension HostLoss {
  /// What goes, for people: it follows "the host loses".
  package var text: String {
    switch loss {
    case .root: "/" + place
    case .usr: "/usr" + place
    case .variable: "/var" + place
    case .swap: "swap" + place
    case .pooled: "perhaps a disk of \(names(of: things)), which does not show its disks"
    case .boot: "/boot" + place
    case .firmware: "the EFI system partition" + place
    case .mounts: "what is mounted from \(names(of: things))" + above
    case .member: "a part of a volume or an array: \(names(of: things))"
    case .onlyDefaultRoute: "the only default route" + place
    case .oneDefaultRoute: "one of the default routes" + place
    case .address: "network addresses" + place
    case .port: "a port of \(names(of: tops)): \(names(of: things))"
    case .unseenInterface:
      "perhaps an interface in another network namespace: none of its driver is seen"
    case .onlyConsole: "the only console" + place
    case .serialConsole: "the serial console" + place
    case .screen: "the picture" + place
    case .onlyKeyboard: "the only keyboard"
    case .keyboard: "a keyboard"
    case .open: "an open device: " + OpenNodeText.holders(users)
    case .sound: "sound that plays"
    case .tpm: "the TPM"
    case .watchdog: "the watchdog"
    case .isaBridge: "the chipset's ISA bridge"
    case .smbus: "the chipset's SMBus"
    }
  }

  /// ` on nvme0n1p2 (dm-1)`.
  private var place: String { things.isEmpty ? "" : " on " + names(of: things) + above }

  private var above: String { tops.isEmpty ? "" : " (\(names(of: tops)))" }

  private func names(of entries: [EntryName]) -> String {
    OpenNodeText.listing(entries.map(\.text))
  }
}

extension LossWeight {
  /// What stands before the losses of this weight.
  package var label: String {
    switch self {
    case .loses: "loses"
    case .unknown: "may lose"
    case .hurts: "hurts"
    }
  }
}

extension UnseenUse {
  /// One line for people.
  package var text: String {
    switch self {
    case .everything(.notAsked), .everything(.notCaptured):
      "this capture does not hold what the host uses its devices for"
    case .everything(let failure):
      "what the host uses its devices for could not be read: \(failure)"
    case .mounts(.notAsked), .mounts(.notCaptured): "this capture does not hold what is mounted"
    case .mounts(let failure): "what is mounted could not be read: \(failure)"
    case .interfaces(.notAsked), .interfaces(.notCaptured):
      "this capture does not hold the network interfaces"
    case .interfaces(let failure): "the network interfaces could not be read: \(failure)"
    case .consoles(.notAsked), .consoles(.notCaptured):
      "this capture does not hold the consoles"
    case .consoles(let failure): "the consoles could not be read: \(failure)"
    case .outsideOfContainer:
      "the mounts and interfaces that were read are those of a container"
    }
  }
}

extension RemovalWait {
  /// Why the unbind does not return, or may not.
  func text(of driver: DriverName?) -> String {
    let name = driver?.text ?? "the driver"
    return switch self {
    case .forProcesses(let nodes):
      "the removal of \(name) waits until it is closed: \(OpenNodeText.holders(nodes))"
    case .forStream: "the removal of \(name) waits until the sound that plays has stopped"
    case .unseen([]):
      "the removal of \(name) waits for processes that have the device open, and these were not "
        + "looked for"
    case .unseen(let nodes):
      "the removal of \(name) waits for processes that have "
        + OpenNodeText.listing(nodes.map { "/dev/" + $0.text })
        + " open, and not every process was seen"
    }
  }

  /// The stable name of this kind of reason.
  package var code: String {
    switch self {
    case .forProcesses, .forStream: "removal-waits"
    case .unseen: "removal-users-unseen"
    }
  }
}

/// Processes and the nodes that they have open.
enum OpenNodeText {
  /// How many of a list are named.
  private static let limit = 4

  /// `wireplumber (1204) has /dev/snd/controlC0 open`.
  static func holders(_ nodes: [OpenNode]) -> String {
    var names: [Int: [String]] = [:]
    var first: [OpenNode] = []
    for node in nodes {
      if names[node.process] == nil { first.append(node) }
      let name = "/dev/" + node.name
      if names[node.process]?.last != name { names[node.process, default: []].append(name) }
    }
    return listing(
      first.map { node in
        "\(node.command ?? "a process") (\(node.process)) has "
          + listing(names[node.process] ?? []) + " open"
      })
  }

  static func listing(_ items: [String]) -> String { Phrase.listing(items, limit: limit) }
}

/// The losses under an answer, a label for each weight.
enum LossLines {
  static func text(_ losses: [HostLoss]) -> String {
    LossWeight.allCases.reversed().map { weight in
      LabelledLines.text(
        weight.label,
        losses.filter { $0.weight == weight }.map { "\($0.text)  [\($0.rule)]" })
    }.joined()
  }

  static func json(_ losses: [HostLoss], allowing allowed: Set<LossKind> = []) -> JSONValue {
    .array(
      losses.map { loss in
        [
          "kind": .string(loss.kind.word), "code": .string(loss.loss.code),
          "weight": .string(loss.weight.rawValue), "rule": .string(loss.rule.text),
          "text": .string(loss.text), "allowed": .bool(allowed.contains(loss.kind)),
        ]
      })
  }
}
