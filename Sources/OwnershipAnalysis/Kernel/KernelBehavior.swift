package import HostModel

/// What one kernel does: `KernelHistory` folded for its version, corrected by its symbols.
package struct KernelBehavior: Sendable, Equatable {
  private let presences: [KernelFeature: Presence]
  package let regime: KernelIdentity.Regime
  /// A design that was not merged; `nil` for a released kernel.
  package let design: KernelDesign?

  /// - Parameters:
  ///   - version: `nil` when the host does not say; every feature is then unread.
  ///   - symbols: what `/proc/kallsyms` showed, empty when it was not consulted.
  package init(version: KernelVersion?, symbols: Set<KernelSymbol> = []) {
    var presences: [KernelFeature: Presence] = [:]
    for change in KernelHistory.changes {
      presences[change.feature] = version.map(change.presence) ?? .unread
    }
    KernelBehavior.correct(&presences, by: symbols)
    self.presences = presences
    design = nil
    regime =
      switch presences[.dmaOwnership] {
      case .yes: .dmaOwnership
      case .no: .viabilityAtOpen
      case .unread, nil: .unknown
      }
  }

  /// A design's behaviour: its base with what the design changes.
  package init(design: KernelDesign) {
    var presences = KernelBehavior(version: design.base).presences
    if design == .driverCoreOwnership { presences[.dmaOwnership] = .yes }
    self.presences = presences
    self.design = design
    regime = design == .driverCoreOwnership ? .dmaOwnership : .viabilityAtOpen
  }

  /// What a claim answers while kernel drivers are bound (kernel-rules §3.2 row 2).
  package var claimConflict: ErrorNumber {
    design == .driverCoreOwnership ? .busy : .operationNotPermitted
  }

  /// Whether a bus asks for ownership before it binds a driver (kernel-rules §3.3).
  package func participation(of bus: BusName) -> BusParticipation {
    // The driver core asks for every bus with a dma_configure, of which vmbus is the one more.
    if design == .driverCoreOwnership, bus == "vmbus" { return .refuses }
    return BusParticipation(of: bus)
  }

  package func presence(of feature: KernelFeature) -> Presence {
    presences[feature] ?? .unread
  }

  package func has(_ feature: KernelFeature) -> Bool {
    presence(of: feature) == .yes
  }

  /// Whether `driver_override` of a device on this bus is read and written without the device's
  /// lock (kernel-rules §8.4; bus.c:driver_override_show, F25).
  ///
  /// fsl-mc took no lock in 5.10 and 6.6 and takes it in 6.1.164: what lies between was not read.
  func readsOverrideWithoutLock(on bus: BusName) -> Presence {
    switch bus {
    case .pci: presence(of: .pciOverrideWithoutLock)
    case .platform: presence(of: .platformOverrideWithoutLock)
    case .amba: presence(of: .ambaOverrideWithoutLock)
    default: presence(of: .ambaOverrideWithoutLock) == .yes ? .yes : .unread
    }
  }

  /// A symbol proves what a version only suggests: vendor kernels carry newer code under old
  /// numbers (kernel-rules §1.1). What came in the same release as a backported feature is then
  /// no longer known.
  private static func correct(
    _ presences: inout [KernelFeature: Presence], by symbols: Set<KernelSymbol>
  ) {
    let proofs: [(KernelSymbol, KernelFeature)] = [
      (.claimsOwnership, .dmaOwnership), (.claimsByDevice, .ownershipByDevice),
      (.storesType, .groupTypeWritable), (.overrideWithoutLock, .pciOverrideWithoutLock),
      (.overrideWithoutLock, .platformOverrideWithoutLock),
    ]
    let isBackport =
      symbols.contains(.claimsOwnership) && presences[.dmaOwnership] == .no
    for (symbol, feature) in proofs where symbols.contains(symbol) {
      presences[feature] = .yes
    }
    if symbols.contains(.notifiesBinds), !symbols.contains(.claimsOwnership) {
      presences[.dmaOwnership] = .no
    }
    guard isBackport else { return }
    for (feature, presence) in presences where presence == .no {
      presences[feature] = .unread
    }
  }
}

extension KernelBehavior {
  /// What the writer of `bind` sees when the driver's probe answers `errno`; `nil` where that was
  /// not read: the probe's own errno from 5.14, ENODEV up to 5.12 (kernel-rules §1.2 F1, §4.1;
  /// bus.c:bind_store).
  package func bindErrno(ofFailedProbe errno: ErrorNumber) -> ErrorNumber? {
    switch presence(of: .bindReturnsProbeError) {
    case .yes: errno
    case .no: .noSuchDevice
    case .unread: errno == .noSuchDevice ? errno : nil
    }
  }

  /// The same for a message: `EINVAL`, or `ENODEV up to 5.12, EINVAL from 5.14`.
  package func bindErrnoText(ofFailedProbe errno: ErrorNumber) -> String {
    bindErrno(ofFailedProbe: errno)?.description ?? "ENODEV up to 5.12, \(errno) from 5.14"
  }
}
