import HostModel

extension KernelState {
  /// What the host shows to be open and to be waiting, in the words of the model.
  ///
  /// Processes become holders under their name and number; a device whose unbind waits is pending
  /// until its user lets go, which no operation of a sequence can bring about.
  mutating func observe(_ audit: Audit) {
    // By name, so that each goes to the end of the holders of its node.
    let files = audit.host.vfio.openFiles.files.map { (holder: HolderName($0.holder), file: $0) }
    for (holder, file) in files.sorted(by: { $0.holder < $1.holder }) {
      observe(file.target, of: holder)
    }
    for group in audit.groups where group.vfioBound.count < group.members.count {
      let signs = group.unbindSigns
      var devices = signs.devices
      // A node without a member on VFIO means that one driverless member waits, and which is known
      // only when there is one;
      // up to 6.0 it can also be an old group file's.
      let driverless = group.members.map(\.device).filter(\.driver.isAbsent)
      if signs.hasNodeOfNobody, driverless.count == 1, behavior.has(.lastUnbindReleasesClaim) {
        devices += driverless
      }
      for device in devices {
        let driver = DriverProfiles.generalVFIODriver(of: device.bus, in: nil) ?? "vfio-pci"
        add(PendingUnbind(device: device.path, driver: driver, cause: .observed))
      }
    }
  }

  private mutating func observe(_ target: OpenVFIOFile.Target, of holder: HolderName) {
    switch target {
    case .group(let node): difference.holds.add(node: node.group, to: holder)
    case .device(let path?): difference.holds.add(device: path, to: holder)
    case .deviceNode(let name):
      if let device = index.devicesByNode[name] {
        difference.holds.add(cdev: device, to: holder)
      }
    case .container, .iommufd, .device(nil): break
    }
  }
}
