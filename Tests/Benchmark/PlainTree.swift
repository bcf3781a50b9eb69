import HostModel
import TestSupport

/// A composed server of the plain kind: below each root port one device on a driver of the host,
/// alone in its group. There is no VFIO driver and no virtual function.
enum PlainTree {
  private static let portsPerDomain = 250

  static func host(deviceCount: Int) -> HostTree {
    var host = ComposedHost.empty
    for number in 0..<deviceCount {
      let domain = UInt32(number / 2 / portsPerDomain)
      let place = UInt8(number / 2 % portsPerDomain)
      let port = DeviceName(
        PCIAddress(domain: domain, bus: 0, slot: place >> 3, function: place & 7))
      var function =
        number % 2 == 0
        ? PCIFunction(port, class: 0x060400, id: "8086:347a", driver: "pcieport")
        : PCIFunction(
          DeviceName(PCIAddress(domain: domain, bus: place + 1, slot: 0, function: 0)),
          class: 0x010802, id: "144d:a80a", driver: "nvme", parent: port)
      function.group = GroupNumber(UInt32(number))
      host.add(function)
    }
    return host
  }
}
