package import HostModel

/// The check of a device: what a provisioning script would do to it, and whether every step would
/// succeed.
///
/// The steps are the usual ones: name the driver in `driver_override`, unbind, bind; then, for a
/// VFIO driver, open the device.
package struct DeviceCheck: Sendable {
  package let device: Device
  /// The steps for this device, in order, up to the first that fails.
  package let steps: [(text: String, answer: Answer)]

  /// How user space opens the devices.
  package enum Backend: String, Sendable, CaseIterable {
    /// `/dev/vfio/N` and a type1 container.
    case group
    /// `/dev/vfio/devices/vfioN` and `/dev/iommu`.
    case iommufd
  }

  /// The step that decides: the first that is not accepted, else the last.
  package var decisive: (text: String, answer: Answer)? {
    steps.first { $0.answer.verdict != .accepted } ?? steps.last
  }

  package var verdict: Verdict { decisive?.answer.verdict ?? .accepted }

  /// Every device in turn, then all together opened: a set is ready only as a whole.
  ///
  /// - Parameter driver: a VFIO driver, or any other to ask for the way back to the host; `nil` for
  ///   the general VFIO driver of each device's bus.
  package static func all(
    of devices: [Device], driver: DriverName?, backend: Backend, in start: KernelState
  ) -> [DeviceCheck] {
    let wanted = { (device: Device) in
      driver ?? DriverProfiles.generalVFIODriver(of: device.bus, in: start.kernel.version)
        ?? "vfio-pci"
    }
    var worlds = Worlds(start)
    var steps: [HostPath: [(text: String, answer: Answer)]] = [:]
    for device in devices {
      for operation in preparation(of: device, driver: wanted(device), in: worlds.expected) {
        let answer = worlds.apply(operation.operation)
        steps[device.path, default: []].append((operation.text, answer))
        guard answer.verdict == .accepted else { break }
      }
    }
    let ready = devices.filter { device in
      (steps[device.path] ?? []).allSatisfy { $0.answer.verdict == .accepted }
    }
    for opening in openings(of: ready, wanted, backend: backend, in: worlds.expected) {
      let answer = worlds.apply(opening.operation)
      for device in opening.devices {
        steps[device.path, default: []].append((opening.text, answer))
      }
    }
    return devices.map { DeviceCheck(device: $0, steps: steps[$0.path] ?? []) }
  }

  private static func preparation(
    of device: Device, driver: DriverName, in state: KernelState
  ) -> [(text: String, operation: Operation)] {
    let name = device.name
    var steps: [(text: String, operation: Operation)] = []
    let module = state.moduleName(of: driver)
    if state.isRegistered(driver, on: device.bus) == false {
      steps.append(("modprobe \(module)", .modprobe(module)))
    }
    guard state.driver(of: device).value != driver else { return steps }
    steps.append(("override \(name) \(driver)", .override(device.path, driver)))
    if !state.driver(of: device).isAbsent {
      steps.append(("unbind \(name)", .unbind(device.path)))
    }
    steps.append(("bind \(name) \(driver)", .bind(device.path, driver)))
    return steps
  }

  /// One open for each group, so that an answer belongs to its devices; nothing for other drivers.
  private static func openings(
    of devices: [Device], _ wanted: (Device) -> DriverName, backend: Backend, in state: KernelState
  ) -> [(text: String, devices: [Device], operation: Operation)] {
    let held = devices.filter { state.assessment(of: $0, ifBoundTo: wanted($0)).policy.isVFIO }
    var groups: [[Device]] = []
    for device in held {
      if let index = groups.firstIndex(where: { $0[0].group == device.group }) {
        groups[index].append(device)
      } else {
        groups.append([device])
      }
    }
    return groups.map { group in
      let names = group.map(\.name.text).joined(separator: " ")
      let paths = group.map(\.path)
      return switch backend {
      case .group: ("open \(names)", group, .open(paths, holder: nil))
      case .iommufd: ("open-cdev \(names)", group, .openCdev(paths, holder: nil))
      }
    }
  }
}
