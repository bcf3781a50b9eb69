import HostModel
import Testing

@Suite("Identity of a PCI function")
struct PCIIdentityTests {
  private static let text = "pci:v00008086d000010D3sv0000103Csd00001234bc02sc00i0A"

  @Test("it is read from the kernel's modalias")
  func modalias() throws {
    let identity = try #require(PCIIdentity(modalias: Array(Self.text.utf8)))
    #expect(
      identity
        == PCIIdentity(vendor: 0x8086, device: 0x10d3, deviceClass: PCIClass(code: 0x02000a)))
  }

  @Test(
    "it is not read from any other form of a modalias",
    arguments: [
      ("d000010D3", "d000010d3"), ("pci:", "PCI:"), ("pci:", "vfio_pci:"), ("v00008086", "v8086"),
      ("v00008086", "v00018086"), ("d000010D3", "d100010D3"), ("d000010D3", "d*"),
      ("sv0000103C", ""), ("sd00001234", "sd0000123G"), ("bc02sc00", "sc00bc02"), ("i0A", "i0"),
      ("i0A", "i0A\n"), ("i0A", "i0A0"), ("i0A", ""), ("v0000", "v+000"),
    ])
  func otherForms(part: String, other: String) {
    let text = Self.text.replacing(part, with: other)
    #expect(text != Self.text)
    #expect(PCIIdentity(modalias: Array(text.utf8)) == nil)
  }

  @Test("it is not read from the start of a modalias")
  func cutOff() {
    for length in 0..<Self.text.utf8.count {
      #expect(PCIIdentity(modalias: Array(Self.text.utf8.prefix(length))) == nil)
    }
  }
}
