import HostModel
import TestSupport

extension RealHost {
  /// The host as sysfs would show it, with assumptions where the listing is silent.
  func tree(on kernel: HostRecipe.KernelChoice, iommu: IOMMUSetup) throws(RecipeFailure)
    -> HostTree
  {
    var host = HostTree(kernel: kernel.release, build: kernel.build, iommu: iommu)
    host.signature = kernel.signature
    if let cmdline { host.commandLine = cmdline }
    for device in devices {
      host.add(try function(of: device, on: host.version))
    }
    let buses = BusTree(of: host.functions)
    for name in host.functions.map(\.name) {
      host[name].parent = buses.parent(of: host[name])
    }
    for member in nonPciMembers ?? [] {
      host.add(
        BusDevice(
          DeviceName(member.name), on: BusName(member.bus), group: GroupNumber(member.group)))
    }
    return host
  }

  private func function(
    of device: RealDevice, on version: KernelVersion
  ) throws(RecipeFailure) -> PCIFunction {
    let fallback = HostRecipe.unprinted[id]?[device.address]
    guard let deviceClass = device.pciClass ?? fallback?.deviceClass,
      let id = device.id ?? fallback?.id
    else { throw RecipeFailure("\(id): \(device.address) has no class or no ids") }
    var function = PCIFunction(
      DeviceName(device.address), class: deviceClass, id: id,
      group: device.group.map { GroupNumber($0) })
    if let header = device.headerType { function.header = header == 0 ? .normal : .bridge }
    if let iommu = device.iommu { function.iommu = iommu }
    if device.hasReset == true { function.resetMethods = ["flr", "bus"] }
    if device.hasReset == false { function.resetMethods = [] }
    function.driver =
      listsDrivers
      ? device.driver.map { DriverName($0) } : OrdinaryDrivers.driver(of: function.identity)
    // pcieport takes event collectors from 5.11 on.
    let isCollector = function.identity.deviceClass.isRootComplexEventCollector
    if isCollector, version < KernelVersion(5, 11) { function.driver = nil }
    return function
  }
}

extension RealDevice {
  /// The programming interface is the usual one where the source does not print it.
  fileprivate var pciClass: UInt32? {
    if let class6 { return UInt32(class6, radix: 16) }
    guard let text = `class`, let code = UInt32(text, radix: 16) else { return nil }
    let interface: UInt32 =
      switch code {
      case 0x0106: 0x01
      case 0x0108: 0x02
      case 0x0c03: 0x30
      default: 0
      }
    return code << 8 | interface
  }

  fileprivate var id: PCIID? {
    guard let vendor, let device, let vendor = UInt16(vendor, radix: 16),
      let device = UInt16(device, radix: 16)
    else { return nil }
    return PCIID(vendor: vendor, device: device)
  }
}

/// Why a fixture cannot be made.
struct RecipeFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
