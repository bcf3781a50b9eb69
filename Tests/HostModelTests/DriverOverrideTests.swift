import HostModel
import Testing

@Suite("Driver overrides")
struct DriverOverrideTests {
  @Test(
    "an override is unset when it reads (null) or empty, else it is a driver's exact name",
    arguments: [
      ("(null)", DriverOverride.unset), ("", .unset), ("vfio-pci", .driver("vfio-pci")),
      ("null", .driver("null")), ("(NULL)", .driver("(NULL)")), (" vfio-pci", .driver(" vfio-pci")),
    ])
  func parsed(text: String, override: DriverOverride) {
    #expect(DriverOverride(text: text) == override)
  }

  @Test("an override that is set names its driver")
  func driver() {
    #expect(DriverOverride(text: "nvme").driver == "nvme")
    #expect(DriverOverride.unset.driver == nil)
  }
}
