import HostModel
import Testing

@Suite("PCI addresses")
struct PCIAddressTests {
  @Test(
    "an address is read and written as sysfs spells it",
    arguments: [
      ("0000:01:00.1", PCIAddress(domain: 0, bus: 1, slot: 0, function: 1)),
      ("0000:ff:1f.7", PCIAddress(domain: 0, bus: 0xff, slot: 0x1f, function: 7)),
      ("10000:e0:06.0", PCIAddress(domain: 0x10000, bus: 0xe0, slot: 6, function: 0)),
      ("deadbeef:00:00.0", PCIAddress(domain: 0xdead_beef, bus: 0, slot: 0, function: 0)),
    ])
  func roundTrip(text: String, address: PCIAddress) {
    #expect(PCIAddress(text) == address)
    #expect(address.description == text)
  }

  @Test(
    "a malformed address is refused",
    arguments: [
      "", "0000", "01:00.0", "000:01:00.0", "123456789:01:00.0", "0000:1:00.0", "0000:001:00.0",
      "0000:01:20.0", "0000:01:00.8", "0000:01:00", "0000:01:00.", "0000:01:00.00", "0000:01:0.0",
      "0000:01:00.0.0", "0000:01:00.0 ", " 0000:01:00.0", "0000:0g:00.0", "0x00:01:00.0",
      "+000:01:00.0", "0000:01:00:0", ":01:00.0", "0000:01:00.0\n", "MSFT0101:00",
    ])
  func malformed(text: String) {
    #expect(PCIAddress(text) == nil)
  }

  @Test("domain 0 may be left out only in what a user types")
  func shortForm() {
    let address = PCIAddress(domain: 0, bus: 1, slot: 0, function: 1)
    #expect(PCIAddress("01:00.1", shortForm: true) == address)
    #expect(PCIAddress("0000:01:00.1", shortForm: true) == address)
    #expect(PCIAddress("1:00.1", shortForm: true) == nil)
    #expect(PCIAddress("00.1", shortForm: true) == nil)
  }

  @Test("digits are accepted in either case and written in lower case")
  func letterCase() {
    #expect(PCIAddress("0000:AF:1E.0")?.description == "0000:af:1e.0")
  }

  @Test("addresses are ordered by number, not by spelling")
  func order() {
    let texts = ["10000:00:00.0", "0000:0a:00.0", "ffff:00:00.0", "0000:09:00.1", "0000:09:00.0"]
    let sorted = texts.compactMap { PCIAddress($0) }.sorted().map(\.description)
    #expect(
      sorted == ["0000:09:00.0", "0000:09:00.1", "0000:0a:00.0", "ffff:00:00.0", "10000:00:00.0"])
  }
}
