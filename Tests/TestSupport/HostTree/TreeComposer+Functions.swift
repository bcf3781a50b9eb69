import HostModel
import HostReader

/// PCI functions: their directories below `/sys/devices` and their links below `/sys/bus/pci`.
extension TreeComposer {
  mutating func composeFunctions() {
    let children = Dictionary(grouping: host.functions.filter { $0.parent != nil }) { $0.parent }
    let virtualFunctions = Dictionary(grouping: host.functions) { function -> DeviceName? in
      if case .virtual(let physical) = function.sriov { physical } else { nil }
    }
    var vfioIndex = 0
    for function in host.functions {
      guard let path = functionPaths[function.name] else { continue }
      let secondary =
        function.secondaryBus ?? children[function.name]?.first?.address.bus
        ?? function.address.bus
      composeIdentity(of: function, at: path, secondaryBus: secondary)
      composeState(of: function, at: path)
      composeDriver(
        function.driver, of: function.name, on: .pci, override: function.driverOverride, at: path)
      composeSRIOV(
        of: function, at: path, virtualFunctions: virtualFunctions[function.name] ?? [])
      if function.isKnownToVFIO {
        composeVFIODevice(at: path, index: vfioIndex, isUnbinding: function.isUnbinding)
        vfioIndex += 1
      }
    }
  }

  private mutating func composeIdentity(
    of function: PCIFunction, at path: HostPath, secondaryBus: UInt8
  ) {
    let identity = function.identity
    let vendor = Hexadecimal.text(identity.vendor, digits: 4)
    let device = Hexadecimal.text(identity.device, digits: 4)
    let deviceClass = Hexadecimal.text(identity.deviceClass.code, digits: 6)
    let alias = PCIModuleAlias.text(of: identity)
    file(path / "vendor", "0x\(vendor)\n")
    file(path / "device", "0x\(device)\n")
    file(path / "class", "0x\(deviceClass)\n")
    file(path / "revision", "0x00\n")
    file(path / "subsystem_vendor", "0x0000\n")
    file(path / "subsystem_device", "0x0000\n")
    file(path / "modalias", alias + "\n")
    let driver = function.driver.map { "DRIVER=\($0)\n" } ?? ""
    let number = String(identity.deviceClass.code, radix: 16, uppercase: true)
    file(
      path / "uevent",
      "\(driver)PCI_CLASS=\(number)\nPCI_ID=\(vendor.uppercased()):\(device.uppercased())\n"
        + "PCI_SUBSYS_ID=0000:0000\nPCI_SLOT_NAME=\(function.address)\nMODALIAS=\(alias)\n")
    link(path / "subsystem", to: "sys/bus/pci")
    link("sys/bus/pci/devices" / function.name.text, to: path)
    let isBridge = function.header == .bridge
    entries[path / "config"] = .attribute(
      PCIConfigurationSpace.header(of: function, secondaryBus: secondaryBus))
    entries[path / "resource"] = .attribute(
      isBridge ? PCIConfigurationSpace.bridgeResources : PCIConfigurationSpace.resources)
    guard isBridge else { return }
    file(path / "secondary_bus_number", "\(secondaryBus)\n")
    file(path / "subordinate_bus_number", "\(secondaryBus)\n")
  }

  private mutating func composeState(of function: PCIFunction, at path: HostPath) {
    var isOpen = false
    var vectors = 0
    if case .open(let count) = function.use {
      isOpen = true
      vectors = count
    } else if function.isUnbinding {
      isOpen = true
    }
    let isIdleVFIO = function.isKnownToVFIO && !isOpen
    let isEnabled = isOpen || (function.driver != nil && !function.isKnownToVFIO)
    let isSuspended = isIdleVFIO && host.version >= KernelVersion(5, 19)
    file(path / "irq", "0\n")
    file(path / "enable", isEnabled ? "1\n" : "0\n")
    file(path / "numa_node", "\(function.numaNode)\n")
    file(path / "power/runtime_status", isSuspended ? "suspended\n" : "active\n")
    file(path / "power/control", "auto\n")
    if host.version >= KernelVersion(5, 11) {
      file(path / "power_state", isIdleVFIO ? "D3hot\n" : "D0\n")
    }
    writeOnly(path, "remove", "rescan")
    if !function.resetMethods.isEmpty {
      writeOnly(path, "reset")
      if host.version >= KernelVersion(5, 15) {
        file(path / "reset_method", function.resetMethods.joined(separator: " ") + "\n")
      }
    }
    for vector in 0..<vectors { file(path / "msi_irqs" / "\(64 + vector)", "msix\n") }
  }

  private mutating func composeSRIOV(
    of function: PCIFunction, at path: HostPath, virtualFunctions: [PCIFunction]
  ) {
    switch function.sriov {
    case .none: return
    case .virtual(let physical):
      if let target = functionPaths[physical] { link(path / "physfn", to: target) }
    case .physical(let total, let autoprobe):
      file(path / "sriov_totalvfs", "\(total)\n")
      file(path / "sriov_numvfs", "\(virtualFunctions.count)\n")
      file(path / "sriov_drivers_autoprobe", autoprobe ? "1\n" : "0\n")
      for (index, virtualFunction) in virtualFunctions.enumerated() {
        guard let target = functionPaths[virtualFunction.name] else { continue }
        link(path / "virtfn\(index)", to: target)
      }
    }
  }
}

extension PCIFunction {
  var isUnbinding: Bool { if case .unbinding = use { true } else { false } }
}
