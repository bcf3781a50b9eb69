import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

/// What a driver_override that names no driver was meant to name.
@Suite struct StaleOverrideTests {
  private func remedies(of override: DriverName, registering drivers: [DriverName]) -> [String] {
    let scenario = RuleScenario.all.first { $0.description == "stale-override.firing" }
    guard var tree = scenario?.host else { return [] }
    for driver in drivers { tree.register(driver) }
    tree["0000:00:19.0"].driverOverride = override
    let host = SnapshotStore(entries: tree.entries, unlisted: .absent).host(needing: .judgement)
    return Analyzer.audit(host, by: nil).findings.filter { $0.rule == .staleOverride }.map(\.remedy)
  }

  @Test func theModulesSpellingIsNotTheDrivers() {
    for override in ["vfio_pci", "mlx5-vfio-pci"] as [DriverName] {
      let remedy = remedies(of: override, registering: ["vfio-pci"]).first ?? ""
      #expect(remedy.hasPrefix("did you mean "), "\(remedy)")
      #expect(remedy.contains(override == "vfio_pci" ? "vfio-pci?" : "mlx5_vfio_pci?"))
    }
  }

  @Test func aModuleMayHaveADriverOfAnotherName() {
    let remedy = remedies(of: "xhci_pci", registering: ["xhci_hcd"]).first ?? ""
    #expect(remedy.hasPrefix("did you mean xhci_hcd?"), "\(remedy)")
  }

  @Test func aNameThatIsSpeltWellNeedsItsModule() {
    let remedy = remedies(of: "vfio-pci", registering: []).first ?? ""
    #expect(remedy.hasPrefix("load the module of vfio-pci"), "\(remedy)")
  }
}
