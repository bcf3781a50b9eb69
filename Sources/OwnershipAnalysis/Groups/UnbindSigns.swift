import HostModel

/// Signs that an unbind waits for a device's user (kernel-rules §8.3, §9.2, §13 cases 23 and 34).
///
/// The driver link vanishes at the start of an unbind that may then wait for as long as a virtual
/// machine runs: a missing link alone does not mean that a device is free.
package struct UnbindSigns: Sendable, Equatable {
  /// Members that have lost their driver and are still registered with VFIO, or whose lock is held.
  let devices: [Device]
  /// The group's node is there though no member is on a VFIO driver.
  let hasNodeOfNobody: Bool
  /// The same, or it cannot be seen whether the node is there, or what explains it.
  let mayHaveNodeOfNobody: Bool

  static let none = UnbindSigns(devices: [])

  private init(devices: [Device]) {
    self.devices = devices
    hasNodeOfNobody = false
    mayHaveNodeOfNobody = false
  }

  init(in group: IOMMUGroup, members: [MemberAssessment], host: ObservedHost) {
    devices = members.map(\.device).filter(\.isHalfUnbound)
    mayHaveNodeOfNobody =
      host.isMadeUp(group) != true && host.hasNode(group.number).isPossible
      && !members.contains(where: \.policy.isVFIO) && devices.isEmpty
    hasNodeOfNobody =
      mayHaveNodeOfNobody && host.isMadeUp(group) == false
      && host.hasNode(group.number) == .value(true) && group.isWhollyRead(in: members)
  }

  var isEmpty: Bool { devices.isEmpty && !hasNodeOfNobody }

  /// What shows it.
  func evidence(for group: IOMMUGroup) -> [Evidence] {
    let registrations = devices.flatMap { device in
      [Evidence(path: device.path / "driver", value: nil)]
        + (device.vfioDevices.value ?? []).map {
          Evidence(path: device.path / "vfio-dev" / $0.name.text, value: "present")
        }
    }
    guard hasNodeOfNobody else { return registrations }
    return registrations
      + [Evidence(path: "sys/class/vfio" / group.number.description, value: "present")]
  }
}

extension Reading<Bool> {
  /// Seen, or not seen to be otherwise.
  fileprivate var isPossible: Bool { failure != nil || value == true }
}

extension Device {
  /// Whether it may be half unbound: what would show it could not be read.
  var mayBeHalfUnbound: Bool {
    driver.isAbsent && (vfioDevices.failure != nil || driverOverride.failure != nil)
  }

  /// Without a driver, and yet registered with VFIO or locked.
  var isHalfUnbound: Bool {
    driver.isAbsent && (!(vfioDevices.value ?? []).isEmpty || isLocked)
  }

  /// Reading its `driver_override` waited for the device's lock (kernel-rules §8.4).
  var isLocked: Bool { driverOverride.failure == .timedOut }
}
