import HostModel
import OwnershipAnalysis

/// What the machine, its firmware and its boot options do to every group.
extension RuleScenario {
  static let acsOverride: [RuleScenario] = [
    .firing(
      .acsOverride, "a kernel with the out-of-tree patch, booted with pcie_acs_override",
      .desktop { $0.commandLine += " pcie_acs_override=downstream,multifunction" }),
    .silent(.acsOverride, "the same host without the option", .desktop()),
  ]

  static let unsafeInterrupts: [RuleScenario] = [
    .firing(
      .unsafeInterrupts, "graphics and audio on vfio-pci, no chip that remaps interrupts",
      .desktop { $0.interrupts = InterruptSetup(kind: .plain) }),
    .silent(
      .unsafeInterrupts, "the same host with interrupt remapping", .desktop()),
  ]

  static let reservedDirectRegion: [RuleScenario] = [
    .firing(
      .reservedDirectRegion, "a group on vfio-pci with a direct region, kernel 6.12",
      .desktop { $0.groups[13] = GroupDetails(regions: [region(.direct)]) }),
    .silent(
      .reservedDirectRegion, "the same region is direct-relaxable",
      .desktop { $0.groups[13] = GroupDetails(regions: [region(.directRelaxable)]) }),
  ]

  private static func region(_ kind: ReservedRegion.Kind) -> ReservedRegion {
    ReservedRegion(start: 0xbd00_0000, end: 0xbd7f_ffff, kind: kind)
  }
}
