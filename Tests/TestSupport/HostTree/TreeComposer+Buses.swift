import HostModel
import HostReader
import SystemCalls

/// Buses, their drivers, and devices on other buses than PCI.
extension TreeComposer {
  private var buses: Set<BusName> {
    Set(host.otherDevices.map(\.bus)).union(host.idleDrivers.map(\.bus)).union([.pci, .platform])
  }

  mutating func composeBuses() {
    for bus in buses {
      let path = "sys/bus" / bus.text
      directory(path / "devices")
      directory(path / "drivers")
      let autoprobe = !host.busesWithoutAutoprobe.contains(bus)
      file(path / "drivers_autoprobe", autoprobe ? "1\n" : "0\n")
      writeOnly(path, "drivers_probe", "uevent")
    }
    let bound =
      host.functions.compactMap { function in
        function.driver.map { DriverModules.registered($0, on: .pci) }
      }
      + host.otherDevices.compactMap { device in
        device.driver.map { DriverModules.registered($0, on: device.bus) }
      }
    for driver in Set(bound + host.idleDrivers) { composeRegistration(of: driver) }
  }

  private mutating func composeRegistration(of driver: Driver) {
    directory(driver.path)
    writeOnly(driver.path, "bind", "unbind", "uevent")
    if driver.bus == .pci { writeOnly(driver.path, "new_id", "remove_id") }
    guard let module = driver.module.value else { return }
    let directory = "sys/module" / module.text
    link(driver.path / "module", to: directory)
    link(directory / "drivers" / "\(driver.bus):\(driver.name)", to: driver.path)
  }

  /// The links and the override between a device and its driver.
  mutating func composeDriver(
    _ driver: DriverName?, of name: DeviceName, on bus: BusName, override: DriverName?,
    at path: HostPath
  ) {
    entries[path / "driver_override"] = .attribute(
      NameText.bytes(of: (override?.text ?? "(null)") + "\n"))
    guard let driver else { return }
    let directory = "sys/bus" / bus.text / "drivers" / driver.text
    link(path / "driver", to: directory)
    link(directory / name.text, to: path)
  }

  mutating func composeOtherDevices() {
    var vfioIndex = host.functions.count { $0.isKnownToVFIO }
    for device in host.otherDevices {
      let path = device.path
      let driver = device.driver.map { "DRIVER=\($0)\n" } ?? ""
      let alias = "\(device.bus):\(device.name)"
      file(path / "modalias", alias + "\n")
      file(path / "uevent", "\(driver)MODALIAS=\(alias)\n")
      file(path / "power/runtime_status", "unsupported\n")
      link(path / "subsystem", to: "sys/bus" / device.bus.text)
      link("sys/bus" / device.bus.text / "devices" / device.name.text, to: path)
      composeDriver(
        device.driver, of: device.name, on: device.bus, override: device.driverOverride, at: path)
      guard device.isKnownToVFIO else { continue }
      composeVFIODevice(at: path, index: vfioIndex, isUnbinding: false)
      vfioIndex += 1
    }
  }
}
