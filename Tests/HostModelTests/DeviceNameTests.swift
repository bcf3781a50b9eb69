import HostModel
import Testing

@Suite("Device names")
struct DeviceNameTests {
  @Test("PCI functions sort first, by address, and other devices after them, by bytes")
  func order() {
    let names: [DeviceName] = [
      "dprc.1", "MSFT0101:00", "10000:00:00.0", "0000:10:00.0", "dpni.10", "ffff:00:00.0",
      "0000:09:00.0", "dpni.2",
    ]
    #expect(
      names.sorted() == [
        "0000:09:00.0", "0000:10:00.0", "ffff:00:00.0", "10000:00:00.0", "MSFT0101:00", "dpni.10",
        "dpni.2", "dprc.1",
      ])
  }

  @Test("only a name that spells a PCI address has one")
  func address() {
    #expect(
      DeviceName("0000:01:00.0").address == PCIAddress(domain: 0, bus: 1, slot: 0, function: 0))
    #expect(DeviceName("MSFT0101:00").address == nil)
    #expect(DeviceName("0000:01:00.0.0").address == nil)
  }
}
