package import HostModel

/// Whether user space could open the group now.
package enum Viability: Sendable, Equatable {
  case viable
  /// What stands in the way, in the order in which the kernel tests it.
  case notViable([Obstacle])
  /// What cannot be seen, and what would settle it; one line each.
  case undetermined([String])

  package var word: String {
    switch self {
    case .viable: "viable"
    case .notViable: "not-viable"
    case .undetermined: "undetermined"
    }
  }

  package var obstacles: [Obstacle] {
    if case .notViable(let obstacles) = self { obstacles } else { [] }
  }
}

/// One reason why an open fails: who is to blame, and what the kernel answers.
package struct Obstacle: Sendable, Equatable {
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

/// A device that stands in the way.
package struct Culprit: Sendable, Hashable {
  package let device: DeviceName
  package let driver: DriverName?

  package init(device: DeviceName, driver: DriverName?) {
    self.device = device
    self.driver = driver
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
package enum VFIOCall: String, Sendable {
  case open
  case setContainer = "SET_CONTAINER"
  case setIOMMU = "SET_IOMMU"
  case getDeviceFD = "GET_DEVICE_FD"
  case bindIOMMUFD = "BIND_IOMMUFD"
}
