package import HostModel

extension UseIndex {
  /// What the host loses when it gives these devices away at once.
  ///
  /// Each call costs what the devices have, not what the host has.
  package func cost(of devices: [Device]) -> HostCost {
    guard use != nil else { return devices.isEmpty ? .nothing : unknownCost }
    var taken = TakenDevices()
    return cost(of: devices.filter { taken.insert($0, in: self) }, with: taken)
  }

  /// The same where these, and perhaps others, are taken already.
  func cost(of devices: [Device], with taken: TakenDevices) -> HostCost {
    guard !devices.isEmpty else { return .nothing }
    guard let use else { return unknownCost }
    var losses: [HostLoss] = []
    var unseen: Set<UnseenUse> = []
    for device in devices {
      let own = self.devices[device.path] ?? UseOfDevice()
      losses += storageLosses(own, of: device, use)
      losses += networkLosses(own, of: device, taken)
      losses += consoleLosses(own, of: device, taken)
      losses += serviceLosses(own, of: device)
      unseen.formUnion(unseenUses(own, of: device, use))
    }
    return HostCost(
      losses: losses.enumerated().sorted {
        ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
      }.map(\.element),
      unseen: unseen.sorted { $0.code < $1.code })
  }

  private func storageLosses(
    _ own: UseOfDevice, of device: Device, _ use: HostUse
  ) -> [HostLoss] {
    var things: [Loss: [EntryName]] = [:]
    var tops: [Loss: [EntryName]] = [:]
    for place in own.blocks {
      let holding = storage.holdings[place]
      let name = use.blocks[place].name
      for (loss, top) in holding.tops {
        things[loss, default: []].append(name)
        if top != place { tops[loss, default: []].append(use.blocks[top].name) }
      }
      if holding.isMember, holding.tops.isEmpty { things[.member, default: []].append(name) }
    }
    let isSeen = own.blocks.contains { place in
      !storage.holdings[place].tops.isEmpty || storage.holdings[place].isMember
    }
    if !own.blocks.isEmpty, !isSeen, !storage.pools.isEmpty { things[.pooled] = storage.pools }
    return Loss.allCases.compactMap { loss in
      things[loss].map { names in
        HostLoss(
          loss, with: device.name, things: names,
          tops: Array(Set(tops[loss] ?? [])).sorted())
      }
    }
  }

  private func networkLosses(
    _ own: UseOfDevice, of device: Device, _ taken: TakenDevices
  ) -> [HostLoss] {
    guard let interfaces = use?.interfaces.value else { return [] }
    if own.interfaces.isEmpty {
      return isUnseenInterface(of: device) ? [HostLoss(.unseenInterface, with: device.name)] : []
    }
    var losses: [HostLoss] = []
    for place in own.interfaces {
      let carrying = network.carrying[place]
      let name = interfaces[place].name
      func add(_ loss: Loss, _ top: Int) {
        losses.append(
          HostLoss(
            loss, with: device.name, things: [name],
            tops: top == place ? [] : [interfaces[top].name]))
      }
      if let top = carrying.defaultRoute {
        add(taken.leavesDefaultRoute(on: self) ? .oneDefaultRoute : .onlyDefaultRoute, top)
      } else if let top = carrying.address {
        add(.address, top)
      } else if let above = carrying.above {
        add(.port, above)
      }
    }
    return losses
  }

  /// A function of a network card whose driver has no interface in sight.
  private func isUnseenInterface(of device: Device) -> Bool {
    device.identity.value?.deviceClass.baseAndSubclass == 0x0200
      && DriverPolicy(of: device).isKernel
  }

  private func consoleLosses(
    _ own: UseOfDevice, of device: Device, _ taken: TakenDevices
  ) -> [HostLoss] {
    var losses: [HostLoss] = []
    if !own.displays.isEmpty {
      let isOnly = !taken.leavesConsole(on: self)
      if isOnly || !own.screens.isEmpty {
        losses.append(
          HostLoss(isOnly ? .onlyConsole : .screen, with: device.name, things: own.screens))
      }
    }
    if !own.consoles.isEmpty {
      let isOnly = !taken.leavesConsole(on: self)
      losses.append(
        HostLoss(isOnly ? .onlyConsole : .serialConsole, with: device.name, things: own.consoles))
    }
    if !own.keyboards.isEmpty {
      let isOnly = !taken.leavesInput(on: self)
      losses.append(
        HostLoss(isOnly ? .onlyKeyboard : .keyboard, with: device.name, things: own.keyboards))
    }
    return losses
  }

  private func serviceLosses(_ own: UseOfDevice, of device: Device) -> [HostLoss] {
    var losses: [HostLoss] = []
    if !own.users.isEmpty {
      losses.append(
        HostLoss(
          .open, with: device.name, things: own.users.map { EntryName($0.name) },
          users: own.users))
    }
    var services = own.services
    switch device.identity.value?.deviceClass.baseAndSubclass {
    case 0x0601: services.insert(.isaBridge)
    case 0x0c05: services.insert(.smbus)
    default: break
    }
    return losses
      + Loss.allCases.filter(services.contains).map { HostLoss($0, with: device.name) }
  }

  private func unseenUses(
    _ own: UseOfDevice, of device: Device, _ use: HostUse
  ) -> [UnseenUse] {
    var unseen: [UnseenUse] = []
    let base = device.identity.value?.deviceClass.base
    let isStorage = !own.blocks.isEmpty || base == 0x01
    let isNetwork = !own.interfaces.isEmpty || base == 0x02
    if isStorage, let failure = use.mounts.failure ?? use.swaps.failure {
      unseen.append(.mounts(failure))
    }
    if isNetwork, let failure = use.interfaces.failure { unseen.append(.interfaces(failure)) }
    if !own.displays.isEmpty, let failure = use.display.consoles.failure {
      unseen.append(.consoles(failure))
    }
    if isStorage || isNetwork, use.viewpoint == .container { unseen.append(.outsideOfContainer) }
    return unseen
  }
}

/// Devices that go, and what of the whole host goes with them.
struct TakenDevices {
  private var paths: Set<HostPath> = []
  private var carriers: Set<Int> = []
  private var displays: Set<HostPath> = []
  private var consoles: Set<EntryName> = []
  private var keyboards: Set<EntryName> = []

  /// - Returns: whether it was not taken before.
  mutating func insert(_ device: Device, in index: UseIndex) -> Bool {
    guard paths.insert(device.path).inserted else { return false }
    guard let own = index.devices[device.path] else { return true }
    carriers.formUnion(own.interfaces.filter(index.network.isCarrier))
    displays.formUnion(own.displays)
    consoles.formUnion(own.consoles)
    keyboards.formUnion(own.keyboards)
    return true
  }

  /// Whether another interface that is up has a default route.
  func leavesDefaultRoute(on index: UseIndex) -> Bool {
    carriers.count < index.network.carriers
  }

  /// Whether somebody at the host sees what it says.
  func leavesConsole(on index: UseIndex) -> Bool {
    displays.count < index.console.displays || leavesSerialConsole(on: index)
  }

  func leavesSerialConsole(on index: UseIndex) -> Bool {
    consoles.count < index.console.serial
  }

  /// Whether somebody at the host can type.
  func leavesInput(on index: UseIndex) -> Bool {
    keyboards.count < index.console.keyboards || leavesSerialConsole(on: index)
  }
}
