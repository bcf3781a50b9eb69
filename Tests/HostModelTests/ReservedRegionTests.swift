import HostModel
import Testing

@Suite("Reserved regions")
struct ReservedRegionTests {
  @Test(
    "regions are read line by line, and the kind must match as a whole word",
    arguments: [
      ("0x00000000bd000000 0x00000000bd7fffff direct", ReservedRegion.Kind.direct),
      ("0x00000000bd000000 0x00000000bd7fffff direct-relaxable", .directRelaxable),
      ("0x00000000bd000000 0x00000000bd7fffff msi", .msi),
      ("0x00000000bd000000 0x00000000bd7fffff reserved", .reserved),
      ("0x00000000bd000000 0x00000000bd7fffff directed", .other("directed")),
    ])
  func kinds(line: String, kind: ReservedRegion.Kind) {
    let region = ReservedRegion(line: line)
    #expect(region == ReservedRegion(start: 0xbd00_0000, end: 0xbd7f_ffff, kind: kind))
    #expect(region?.description == line)
  }

  @Test("a region can reach the end of the address space")
  func extremes() {
    let line = "0x0000000000000000 0xffffffffffffffff reserved"
    #expect(ReservedRegion(line: line)?.end == .max)
  }

  @Test(
    "a malformed region is refused",
    arguments: [
      "", "direct", "0x0 0x1", "0x0 0x1 direct extra", "0 1 direct", "0x0 0x10000000000000000 msi",
      "0xg 0x1 msi", "0x 0x1 msi",
    ])
  func malformed(line: String) {
    #expect(ReservedRegion(line: line) == nil)
  }
}
