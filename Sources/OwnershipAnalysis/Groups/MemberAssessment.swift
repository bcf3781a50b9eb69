package import HostModel

/// A member of a group with what its driver means for the group.
package struct MemberAssessment: Sendable, Equatable {
  package let device: Device
  package let policy: DriverPolicy
  /// A kernel driver on a bus that claims ownership: it adds to k (kernel-rules §0, §3.3).
  package let countsForKernel: Bool

  package init(device: Device, policy: DriverPolicy, countsForKernel: Bool) {
    self.device = device
    self.policy = policy
    self.countsForKernel = countsForKernel
  }

  package init(device: Device, behavior: KernelBehavior) {
    policy = DriverPolicy(of: device)
    countsForKernel = policy.isKernel && behavior.participation(of: device.bus).counts
    self.device = device
  }

  package var isBridge: Bool { device.header == .value(.bridge) }

  /// The member as one to blame.
  package var culprit: Culprit { Culprit(device: device.name, driver: policy.driver) }

  /// The fact that names its driver.
  package var driverEvidence: Evidence {
    Evidence(path: device.path / "driver", value: policy.driver?.text)
  }
}
