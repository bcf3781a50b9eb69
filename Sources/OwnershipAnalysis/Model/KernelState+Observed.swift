import HostModel

extension KernelState {
  /// What the host shows to be open and to be waiting, in the words of the model.
  ///
  /// Processes become holders under their name and number; a device whose unbind waits is pending
  /// until its user lets go, which no operation of a sequence can bring about.
  mutating func observe(_ audit: Audit) {
    for file in audit.host.vfio.openFiles.files { observe(file, audit.host) }
    for group in audit.groups where group.vfioBound.count < group.members.count {
      let signs = UnbindSigns(in: group.group, members: group.members, host: audit.host)
      var devices = signs.devices
      // The node of nobody tells of one driverless member, and of which only when there is one;
      // up to 6.0 it can also be an old group file's.
      let driverless = group.members.map(\.device).filter(\.driver.isAbsent)
      if signs.hasNodeOfNobody, driverless.count == 1, behavior.has(.lastUnbindReleasesClaim) {
        devices += driverless
      }
      for device in devices {
        let driver = DriverProfiles.generalVFIODriver(of: device.bus, in: nil) ?? "vfio-pci"
        pending.append(PendingUnbind(device: device.path, driver: driver, cause: .observed))
      }
    }
  }

  private mutating func observe(_ file: OpenVFIOFile, _ host: HostSnapshot) {
    let holder = HolderName("\(file.command ?? "process") (\(file.process))")
    switch file.target {
    case .group(let node): holds[holder, default: Hold()].nodes.insert(node.group)
    case .device(let path?): holds[holder, default: Hold()].devices.insert(path)
    case .deviceNode(let name):
      let device = host.devices.first { device in
        (device.vfioDevices.value ?? []).contains { $0.name == name }
      }
      if let device { holds[holder, default: Hold()].cdevs.insert(device.path) }
    case .container, .iommufd, .device(nil): break
    }
  }
}
