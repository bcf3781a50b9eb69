import HostModel

/// What the tools that set devices up write, in their order.
///
/// Facts: driverctl 0.111 (set_override, unbind, probe_driver), libvirt from 5.9
/// (virPCIDeviceDetach, virPCIDeviceReattach), DPDK's usertools/dpdk-devbind.py (bind_one). None of
/// them looks at what a write to `drivers_probe` came to, but whether a driver has the device then.
struct ProvisioningTool {
  let host: ObservedHost

  typealias Malformed = OperationReader.Malformed
  typealias Write = OperationScript.Write

  init(_ host: ObservedHost) { self.host = host }

  // MARK: driverctl

  /// Unbinds first, then writes the override, then probes; a device that is on the driver already is
  /// unbound all the same.
  func driverctl(_ operands: [String]) throws(Malformed) -> [Write] {
    var operands = operands[...]
    var isProbed = true
    while let option = operands.first, option.hasPrefix("-") {
      operands.removeFirst()
      switch option {
      case "--nosave", "-v", "--verbose": break
      case "--noprobe": isProbed = false
      case "-b", "--bus":
        guard operands.popFirst() == "pci" else {
          throw Malformed(text: "driverctl is followed on the pci bus only")
        }
      default: throw Malformed(text: "driverctl's option '\(option)' is not followed")
      }
    }
    let words = Array(operands)
    switch (words.first, words.count) {
    case ("set-override", 3): return try override(words[1], words[2], isProbed: isProbed)
    case ("unset-override", 2): return try override(words[1], nil, isProbed: isProbed)
    default:
      throw Malformed(
        text: "only 'driverctl set-override DEVICE DRIVER' and 'unset-override DEVICE' are followed"
      )
    }
  }

  private func override(
    _ name: String, _ driver: String?, isProbed: Bool
  ) throws(Malformed) -> [Write] {
    let device = try device(named: DeviceName(name), written: name)
    var writes: [Write] = []
    if let driver, driver != "none" {
      writes.append(Write("modprobe \(driver)", .modprobe(ModuleName(spelling: driver))))
    }
    writes.append(unbind(device, "\n"))
    writes.append(write((driver ?? "") + "\n", to: device, .driverOverride))
    if driver != "none", isProbed { writes.append(probe(device, "\n")) }
    return writes
  }

  // MARK: virsh

  /// Writes the override, unbinds, probes; nothing where the device is on the driver already.
  func virsh(_ operands: [String]) throws(Malformed) -> [Write] {
    var words = operands
    var driver: DriverName = "vfio-pci"
    if let place = words.firstIndex(of: "--driver"), place + 1 < words.count {
      driver = words[place + 1] == "vfio" ? "vfio-pci" : DriverName(words[place + 1])
      words.removeSubrange(place...place + 1)
    }
    words.removeAll { $0.hasPrefix("-") }
    switch (words.first, words.count) {
    case ("nodedev-detach", 2...), ("nodedev-dettach", 2...):
      return try detach(words[1], to: driver)
    case ("nodedev-reattach", 2...): return try reattach(words[1])
    default:
      throw Malformed(text: "only 'virsh nodedev-detach' and 'nodedev-reattach' are followed")
    }
  }

  private func detach(_ name: String, to driver: DriverName) throws(Malformed) -> [Write] {
    let device = try nodeDevice(name)
    let isOther = OperationScript.Condition.isNotOn(device.path, driver)
    return [
      Write(
        "modprobe \(driver)", .modprobe(ModuleName(spelling: driver.text)),
        if: [isOther, .isNotRegistered(driver)]),
      write(driver.text, to: device, .driverOverride, if: [isOther]),
      unbind(device, "", if: [isOther]), probe(device, "", if: [isOther]),
    ]
  }

  private func reattach(_ name: String) throws(Malformed) -> [Write] {
    let device = try nodeDevice(name)
    return [
      write("\n", to: device, .driverOverride), unbind(device, ""), probe(device, ""),
    ]
  }

  /// `pci_0000_01_00_0`.
  private func nodeDevice(_ name: String) throws(Malformed) -> Device {
    let parts = name.utf8.split(
      separator: UInt8(ascii: "_"), omittingEmptySubsequences: false
    ).map { String(Substring($0)) }
    guard parts.count == 5, parts[0] == "pci" else {
      throw Malformed(text: "'\(name)' is not the name of a node device, like pci_0000_01_00_0")
    }
    let address = "\(parts[1]):\(parts[2]):\(parts[3]).\(parts[4])"
    return try device(named: DeviceName(address), written: name)
  }

  // MARK: dpdk-devbind.py

  /// Unbinds, writes the override, writes `bind`, and clears the override again.
  func devbind(_ operands: [String]) throws(Malformed) -> [Write] {
    var driver: String?
    var devices: [String] = []
    var words = operands[...]
    var isUnbound = false
    while let word = words.popFirst() {
      switch word {
      case "-b", "--bind":
        guard let name = words.popFirst() else {
          throw Malformed(text: "dpdk-devbind.py -b names no driver")
        }
        driver = name
      case "-u", "--unbind": isUnbound = true
      case "--force": break
      case let option where option.hasPrefix("--bind="):
        driver = String(option.dropFirst("--bind=".count))
      case let option where option.hasPrefix("-"):
        throw Malformed(text: "the option '\(option)' of dpdk-devbind.py is not followed")
      default: devices.append(word)
      }
    }
    guard !devices.isEmpty, (driver != nil) != isUnbound else {
      throw Malformed(text: "only 'dpdk-devbind.py -b DRIVER DEVICE...' and '-u' are followed")
    }
    var writes: [Write] = []
    for name in devices {
      let device = try device(named: DeviceName(spelling: name), written: name)
      if let driver, driver != "none" {
        writes += bind(device, to: DriverName(driver))
      } else {
        writes.append(unbind(device, ""))
      }
    }
    return writes
  }

  private func bind(_ device: Device, to driver: DriverName) -> [Write] {
    let isOther = OperationScript.Condition.isNotOn(device.path, driver)
    let usesOverride = ["vfio-pci", "igb_uio", "uio_pci_generic"].contains(driver.text)
    var writes = [unbind(device, "", if: [isOther])]
    if usesOverride {
      writes.append(write(driver.text, to: device, .driverOverride, if: [isOther]))
    }
    let path = "/sys/bus/pci/drivers/\(driver)/bind"
    writes.append(
      Write(
        "write \(path) \(device.name)", .write(.driver(.pci, driver, .bind), device.name.text),
        if: [isOther]))
    if usesOverride {
      var last = write("\0", to: device, .driverOverride)
      last.needsSuccess = true
      writes.append(last)
    }
    return writes
  }

  // MARK: Writes

  private func device(
    named name: DeviceName, written text: String
  ) throws(Malformed) -> Device {
    guard let device = host.devices(named: name).first(where: { $0.bus == .pci }) else {
      throw Malformed(text: "no device '\(text)' on this host")
    }
    return device
  }

  private func write(
    _ text: String, to device: Device, _ file: SysfsFile.DeviceFile,
    if conditions: [OperationScript.Condition] = []
  ) -> Write {
    let path = "/sys/bus/pci/devices/\(device.name)/\(file.rawValue)"
    let line = WrittenText(text).line
    return Write(
      "write \(path) \(line.isEmpty ? "''" : line)", .write(.device(device.path, file), text),
      if: conditions)
  }

  private func unbind(
    _ device: Device, _ end: String, if conditions: [OperationScript.Condition] = []
  ) -> Write {
    Write(
      "write /sys/bus/pci/devices/\(device.name)/driver/unbind \(device.name)",
      .write(.boundDriver(device.path, .unbind), device.name.text + end),
      if: conditions + [.isBound(device.path)])
  }

  private func probe(
    _ device: Device, _ end: String, if conditions: [OperationScript.Condition] = []
  ) -> Write {
    Write(
      "write /sys/bus/pci/drivers_probe \(device.name)",
      .write(.bus(.pci, .probe), device.name.text + end), if: conditions)
  }
}
