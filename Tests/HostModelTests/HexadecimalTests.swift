import HostModel
import Testing

@Suite("Hexadecimal numbers")
struct HexadecimalTests {
  @Test(
    "a number in sysfs must have its prefix",
    arguments: [
      ("0x10de", 0x10de), ("0x0", 0), ("0X1F", 0x1f), ("0xffffffffffffffff", .max),
      ("10de", nil), ("0x", nil), ("", nil), ("0x1g", nil), ("0x10000000000000000", nil),
      ("-0x1", nil), ("0x1 ", nil),
    ] as [(String, UInt64?)])
  func prefixed(text: String, value: UInt64?) {
    #expect(Hexadecimal.parsePrefixed(text) == value)
  }

  @Test("numbers are written in lower case and padded")
  func written() {
    #expect(Hexadecimal.text(0xAB, digits: 4) == "00ab")
    #expect(Hexadecimal.text(0x12345, digits: 4) == "12345")
  }
}

@Suite("PCI classes")
struct PCIClassTests {
  @Test("a class code has a base class, a subclass and an interface")
  func parts() {
    let code = PCIClass(code: 0x0c0330)
    #expect(code.base == 0x0c)
    #expect(code.subclass == 0x03)
    #expect(code.interface == 0x30)
    #expect(code.text == "0c03")
  }

  @Test(
    "only class 0x0807 is a Root Complex Event Collector",
    arguments: [(0x080700, true), (0x080600, false), (0x070800, false)] as [(UInt32, Bool)])
  func eventCollector(code: UInt32, isCollector: Bool) {
    #expect(PCIClass(code: code).isRootComplexEventCollector == isCollector)
  }
}
