package import HostModel

/// Whether user space could open the group now.
package enum Viability: Sendable, Equatable {
  case viable
  /// What stands in the way, in the order in which the kernel tests it.
  case notViable([Obstacle])
  /// What cannot be seen and decides.
  case undetermined([Doubt])

  package enum Kind: String, Sendable {
    case viable
    case notViable = "not-viable"
    case undetermined
  }

  package var kind: Kind {
    switch self {
    case .viable: .viable
    case .notViable: .notViable
    case .undetermined: .undetermined
    }
  }

  package var word: String { kind.rawValue }

  package var doubts: [Doubt] {
    if case .undetermined(let doubts) = self { doubts } else { [] }
  }

  package var obstacles: [Obstacle] {
    if case .notViable(let obstacles) = self { obstacles } else { [] }
  }
}

/// One reason why an open fails: who is to blame, and what the kernel answers.
package struct Obstacle: Sendable, Hashable {
  package let reason: Reason
  /// The devices to blame, each with its driver; empty when the group as a whole is.
  package let culprits: [Culprit]
  package let refusal: Refusal
  /// The rule that explains it.
  package let rule: RuleSlug
  /// What QEMU prints when it meets this.
  package let symptom: String

  package enum Reason: String, Sendable {
    /// A kernel driver on a participating bus is bound (regime B: owner_cnt > 0).
    case kernelDriver = "kernel-driver"
    /// A member's driver is not one that VFIO allows beside it (regime A).
    case driverNotAllowed = "driver-not-allowed"
    /// The firmware demands a 1:1 mapping.
    case directRegion = "direct-region"
    /// Members on different buses (up to 5.19).
    case mixedBuses = "mixed-buses"
    /// Interrupts are not isolated and the parameter does not allow it.
    case unsafeInterrupts = "unsafe-interrupts"
  }

  package init(
    reason: Reason, culprits: [Culprit], refusal: Refusal, rule: RuleSlug, symptom: String
  ) {
    self.reason = reason
    self.culprits = culprits
    self.refusal = refusal
    self.rule = rule
    self.symptom = symptom
  }
}

/// What user space gets: the call that fails and its errno.
package struct Refusal: Sendable, Hashable {
  package let call: VFIOCall
  package let errno: ErrorNumber

  package init(call: VFIOCall, errno: ErrorNumber) {
    self.call = call
    self.errno = errno
  }
}

/// The calls of an open through a VFIO group and the type1 container, in their order.
package enum VFIOCall: String, CaseIterable, Sendable, Comparable {
  case open
  case setContainer = "SET_CONTAINER"
  case setIOMMU = "SET_IOMMU"
  case getDeviceFD = "GET_DEVICE_FD"

  private var order: Int { VFIOCall.allCases.firstIndex(of: self) ?? 0 }

  package static func < (left: VFIOCall, right: VFIOCall) -> Bool { left.order < right.order }
}

/// A device that stands in the way.
package struct Culprit: Sendable, Hashable {
  package let device: DeviceName
  package let driver: DriverName?

  package init(device: DeviceName, driver: DriverName?) {
    self.device = device
    self.driver = driver
  }
}

/// What QEMU prints when the kernel refuses, word for word.
enum Symptom {
  static func notViable(_ group: GroupNumber) -> String {
    "group \(group) is not viable"
  }

  static func setIOMMU(_ group: GroupNumber, _ errno: ErrorNumber) -> String {
    "failed to setup container for group \(group): Failed to set iommu for container: "
      + errno.sentence
  }

  static func directRegion(_ group: GroupNumber, _ refusal: Refusal) -> String {
    guard refusal.call == .setContainer else { return setIOMMU(group, refusal.errno) }
    return "failed to setup container for group \(group): Failed to set group container: "
      + refusal.errno.sentence
  }
}
