import HostModel
import OwnershipAnalysis

/// Hosts without groups, each for its reason.
extension RuleScenario {
  static let iommuNotReported: [RuleScenario] = [
    .firing(
      .iommuNotReported,
      "a virtual machine that was given no IOMMU: no table, no group",
      .withoutGroups { $0.isVirtualMachine = true }),
    .silent(
      .iommuNotReported,
      "the same virtual machine with a virtual Intel IOMMU and interrupt remapping",
      .withGroups { $0.isVirtualMachine = true }),
  ]

  static let iommuDisabledOnCommandLine: [RuleScenario] = [
    .firing(
      .iommuDisabledOnCommandLine, "an Intel host booted with intel_iommu=off",
      .withoutGroups {
        $0.firmwareTables = ["DMAR"]
        $0.commandLine += " intel_iommu=off"
      }),
    .silent(
      .iommuDisabledOnCommandLine,
      "the same host where a later intel_iommu=on overrules the first",
      .withGroups { $0.commandLine += " intel_iommu=off intel_iommu=on" }),
  ]

  static let iommuNotEnabled: [RuleScenario] = [
    .firing(
      .iommuNotEnabled,
      "an Intel host with a DMAR table, a kernel that is not default-on, and no option",
      .withoutGroups {
        $0.firmwareTables = ["DMAR"]
        $0.options = [
          .intelIOMMU: "y", .intelDefaultOn: "n", .intelDefaultOnExceptGraphics: "n",
        ]
      }),
    .silent(
      .iommuNotEnabled, "the same host with intel_iommu=on",
      .withGroups {
        $0.commandLine += " intel_iommu=on"
        $0.options = [
          .intelIOMMU: "y", .intelDefaultOn: "n", .intelDefaultOnExceptGraphics: "n",
        ]
      }),
  ]

  static let iommuInactive: [RuleScenario] = [
    .firing(
      .iommuInactive, "an AMD host with an IVRS table, nothing that switches it off, no group",
      .withoutGroups {
        $0.processor = .amd
        $0.firmwareTables = ["IVRS"]
      }),
    .silent(.iommuInactive, "the same host with groups", .withGroups(iommu: .amd())),
  ]

  static let iommuOwnedByXen: [RuleScenario] = [
    .firing(
      .iommuOwnedByXen, "an AMD host below Xen: an IVRS table, pciback, no group",
      .withoutGroups {
        $0.processor = .amd
        $0.firmwareTables = ["IVRS"]
        $0.register("pciback")
      }),
    .silent(
      .iommuOwnedByXen, "the same host booted without Xen",
      .withGroups(iommu: .amd()) { $0.firmwareTables = ["IVRS"] }),
  ]

  static let ineffectiveIOMMUOption: [RuleScenario] = [
    .firing(
      .ineffectiveIOMMUOption, "an AMD host with groups, booted with amd_iommu=on",
      .withGroups(iommu: .amd()) { $0.commandLine += " amd_iommu=on" }),
    .silent(
      .ineffectiveIOMMUOption, "an AMD host with groups, booted with iommu=pt",
      .withGroups(iommu: .amd()) { $0.commandLine += " iommu=pt" }),
  ]

  static let noIOMMUMode: [RuleScenario] = [
    .firing(
      .noIOMMUMode,
      "a virtual machine without IOMMU gives its network card out in no-IOMMU mode",
      besides: [.iommuNotReported],
      .withoutGroups {
        $0.isVirtualMachine = true
        $0.modules["vfio"] = ModuleDetails(parameters: ["enable_unsafe_noiommu_mode": "Y"])
        $0.groups[0] = GroupDetails(type: "unknown", name: "vfio-noiommu")
        $0["0000:00:19.0"].driver = "vfio-pci"
        $0["0000:00:19.0"].driverOverride = "vfio-pci"
        $0["0000:00:19.0"].group = 0
      }),
    .silent(
      .noIOMMUMode,
      "the same machine with a virtual IOMMU, the mode compiled in and left off",
      .withGroups {
        $0.isVirtualMachine = true
        $0.modules["vfio"] = ModuleDetails(parameters: ["enable_unsafe_noiommu_mode": "N"])
        $0["0000:00:19.0"].driver = "vfio-pci"
        $0["0000:00:19.0"].driverOverride = "vfio-pci"
      }),
  ]

  static let noIOMMUGroup: [RuleScenario] = [
    .firing(
      .noIOMMUGroup,
      "integrated graphics that the kernel leaves out of its default-on IOMMU, wanted for vfio-pci",
      .desktop {
        $0.options = [.intelIOMMU: "y", .intelDefaultOnExceptGraphics: "y"]
        $0.add(
          PCIFunction(
            "0000:00:02.0", class: 0x030000, id: "8086:3e98", driver: "i915",
            override: "vfio-pci"))
      }),
    .silent(
      .noIOMMUGroup, "the same graphics with intel_iommu=on: it has group 2",
      .desktop {
        $0.commandLine += " intel_iommu=on"
        $0.options = [.intelIOMMU: "y", .intelDefaultOnExceptGraphics: "y"]
        $0.add(
          PCIFunction(
            "0000:00:02.0", class: 0x030000, id: "8086:3e98", driver: "i915", group: 2,
            override: "vfio-pci"))
      }),
  ]
}
