import HostModel
import Testing

@Suite("Driver overrides")
struct DriverOverrideTests {
  @Test(
    "are unset when the kernel says (null) or nothing, else a driver's exact name",
    arguments: [
      ("(null)", DriverOverride.unset), ("", .unset), ("vfio-pci", .driver("vfio-pci")),
      ("null", .driver("null")), ("(NULL)", .driver("(NULL)")), (" vfio-pci", .driver(" vfio-pci")),
    ])
  func parsed(text: String, override: DriverOverride) {
    #expect(DriverOverride(text: text) == override)
  }

  @Test("give the driver they name")
  func driver() {
    #expect(DriverOverride(text: "nvme").driver == "nvme")
    #expect(DriverOverride.unset.driver == nil)
  }
}
