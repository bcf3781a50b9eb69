import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

/// Which device of one host is which of the other.
@Suite("Matching the devices of two hosts")
struct DeviceMatchingTests {
  /// What became of each device: `moved 0000:01:00.0 0000:02:00.0`.
  private func changes(_ old: HostTree, _ new: HostTree) -> [String] {
    HostComparison(old: .of(old), new: .of(new)).devices.map {
      [$0.change.rawValue, $0.old?.name.text ?? "-", $0.new?.name.text ?? "-"]
        .joined(separator: " ")
    }
  }

  private func port(_ name: DeviceName, id: PCIID = "8086:1901") -> PCIFunction {
    PCIFunction(name, class: 0x060400, id: id, driver: "pcieport")
  }

  private func disk(_ name: DeviceName, below parent: DeviceName?) -> PCIFunction {
    PCIFunction(name, class: 0x010802, id: "144d:a808", parent: parent)
  }

  /// A card with a switch and two identical network ports behind it.
  private func switchCard(bus: Int, below port: DeviceName) -> [PCIFunction] {
    let buses = (0..<4).map { "0000:" + Hexadecimal.text(bus + $0, digits: 2) }
    let upstream = DeviceName(buses[0] + ":00.0")
    let down = [DeviceName(buses[1] + ":00.0"), DeviceName(buses[1] + ":01.0")]
    return [PCIFunction(upstream, class: 0x060400, id: "10b5:8725", parent: port)]
      + down.map { PCIFunction($0, class: 0x060400, id: "10b5:8725", parent: upstream) }
      + (0..<2).map {
        PCIFunction(
          DeviceName(buses[2 + $0] + ":00.0"), class: 0x020000, id: "8086:1563", parent: down[$0])
      }
  }

  @Test("devices behind a switch are matched after it moved to another slot")
  func movedSwitch() {
    var old = HostTree(kernel: "6.12.0")
    old.add(port("0000:00:01.0"), port("0000:00:02.0", id: "8086:1905"))
    var new = old
    old.functions += switchCard(bus: 1, below: "0000:00:01.0")
    new.functions += switchCard(bus: 9, below: "0000:00:02.0")
    #expect(
      changes(old, new) == [
        "moved 0000:01:00.0 0000:09:00.0", "moved 0000:02:00.0 0000:0a:00.0",
        "moved 0000:02:01.0 0000:0a:01.0", "moved 0000:03:00.0 0000:0b:00.0",
        "moved 0000:04:00.0 0000:0c:00.0",
      ])
  }

  @Test("a replaced bridge does not make the devices below it new")
  func replacedBridge() {
    var old = HostTree(kernel: "6.12.0")
    old.add(port("0000:00:01.0"), disk("0000:01:00.0", below: "0000:00:01.0"))
    var new = HostTree(kernel: "6.12.0")
    new.add(
      port("0000:00:01.0", id: "1022:1483"), disk("0000:02:00.0", below: "0000:00:01.0"))
    #expect(
      changes(old, new) == [
        "replaced 0000:00:01.0 0000:00:01.0", "renumbered 0000:01:00.0 0000:02:00.0",
      ])
  }

  @Test("a device keeps its place below a root bus with another number")
  func renumberedRoot() {
    func host(root: String) -> HostTree {
      var host = HostTree(kernel: "6.12.0")
      host.add(
        disk("0000:00:02.0", below: nil), disk(DeviceName("0000:\(root):02.0"), below: nil),
        PCIFunction(DeviceName("0000:\(root):00.0"), class: 0x060000, id: "1022:14a4"))
      return host
    }
    #expect(
      changes(host(root: "40"), host(root: "60")) == [
        "renumbered 0000:40:00.0 0000:60:00.0", "renumbered 0000:40:02.0 0000:60:02.0",
      ])
  }

  @Test("virtual functions are matched with their physical function, in order")
  func virtualFunctions() {
    func host(bus: String, functions: Int) -> HostTree {
      var host = HostTree(kernel: "6.12.0")
      let physical = DeviceName("0000:\(bus):00.0")
      host.add(
        port("0000:00:01.0"),
        PCIFunction(
          physical, class: 0x020000, id: "8086:1572", parent: "0000:00:01.0",
          sriov: .physical(total: 8)))
      for number in 0..<functions {
        host.add(
          PCIFunction(
            DeviceName("0000:\(bus):02.\(number)"), class: 0x020000, id: "8086:154c",
            sriov: .virtual(of: physical)))
      }
      return host
    }
    #expect(
      changes(host(bus: "01", functions: 2), host(bus: "03", functions: 3)) == [
        "renumbered 0000:01:00.0 0000:03:00.0", "renumbered 0000:01:02.0 0000:03:02.0",
        "renumbered 0000:01:02.1 0000:03:02.1", "new - 0000:03:02.2",
      ])
  }

  @Test("devices of other buses than PCI are matched by name")
  func platformDevices() {
    var old = HostTree(kernel: "6.12.0")
    old.add(
      BusDevice("MSFT0101:00", on: .platform, driver: "tpm_crb", group: 0),
      BusDevice("a0000000.dma", on: .platform, group: 1))
    var new = HostTree(kernel: "6.12.0")
    new.add(
      BusDevice("MSFT0101:00", on: .platform, group: 7),
      BusDevice("b0000000.dma", on: .platform, group: 8))
    #expect(
      changes(old, new) == [
        "kept MSFT0101:00 MSFT0101:00", "new - b0000000.dma", "gone a0000000.dma -",
      ])
  }

  /// Two of them are alike and one has moved: the order decides, and the answer says so.
  @Test("devices that only their order distinguishes are marked as identical")
  func twins() {
    var old = HostTree(kernel: "6.12.0")
    old.add(
      port("0000:00:01.0"), port("0000:00:02.0", id: "8086:1905"),
      port("0000:00:03.0", id: "8086:1909"))
    var new = old
    old.add(
      disk("0000:01:00.0", below: "0000:00:01.0"), disk("0000:02:00.0", below: "0000:00:02.0"))
    new.add(disk("0000:01:00.0", below: "0000:00:03.0"))
    let comparison = HostComparison(old: .of(old), new: .of(new))
    #expect(comparison.devices.map(\.change) == [.moved, .gone])
    #expect(comparison.devices.map(\.identicalDevices) == [2, 2])
  }

  @Test("identical functions of one card are distinguished by their function number")
  func portsOfOneCard() {
    var old = HostTree(kernel: "6.12.0")
    old.add(port("0000:00:01.0"), port("0000:00:02.0", id: "8086:1905"))
    var new = old
    for function in 0...1 {
      old.add(disk(DeviceName("0000:01:00.\(function)"), below: "0000:00:01.0"))
      new.add(disk(DeviceName("0000:01:00.\(function)"), below: "0000:00:02.0"))
    }
    let comparison = HostComparison(old: .of(old), new: .of(new))
    #expect(comparison.devices.map(\.change) == [.moved, .moved])
    #expect(comparison.devices.map(\.identicalDevices) == [1, 1])
  }
}
