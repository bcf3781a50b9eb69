import HostModel
import OwnershipAnalysis

/// Devices that will not bind as somebody wants them to.
extension RuleScenario {
  static let pfWithVFs: [RuleScenario] = [
    .firing(
      .pfWithVFs, "a physical function with two virtual functions is wanted for vfio-pci",
      .networkCard { $0["0000:3b:00.0"].driverOverride = "vfio-pci" }),
    .silent(
      .pfWithVFs, "the same function without virtual functions",
      .networkCard {
        $0["0000:3b:00.0"].driverOverride = "vfio-pci"
        $0.functions.removeLast(2)
      }),
  ]

  static let vfAutoprobeOff: [RuleScenario] = [
    .firing(
      .vfAutoprobeOff, "a virtual function without driver_override, autoprobe off at its parent",
      .networkCard(autoprobe: false) { $0["0000:3b:02.1"].driver = nil }),
    .silent(
      .vfAutoprobeOff, "the same virtual function, bound through driver_override",
      .networkCard(autoprobe: false) {
        $0["0000:3b:02.1"].driver = "vfio-pci"
        $0["0000:3b:02.1"].driverOverride = "vfio-pci"
      }),
  ]

  static let denylistedDevice: [RuleScenario] = [
    .firing(
      .denylistedDevice, "a QuickAssist accelerator (8086:37c8) is wanted for vfio-pci",
      quickAssist(isListLifted: false)),
    .silent(
      .denylistedDevice, "the same with the list switched off: it is on vfio-pci",
      quickAssist(isListLifted: true)),
  ]

  private static func quickAssist(isListLifted: Bool) -> HostTree {
    var host = HostTree.withGroups()
    host.register("vfio-pci")
    host.modules["vfio_pci"] = ModuleDetails(
      parameters: ["disable_denylist": isListLifted ? "Y" : "N"])
    host.add(
      PCIFunction(
        "0000:3d:00.0", class: 0x0b4000, id: "8086:37c8",
        driver: isListLifted ? "vfio-pci" : "c6xx",
        group: 30, override: "vfio-pci"))
    return host
  }

  static let staleOverride: [RuleScenario] = [
    .firing(
      .staleOverride, "driver_override names vfio-pci, which is not loaded",
      .withGroups {
        $0["0000:00:19.0"].driver = nil
        $0["0000:00:19.0"].driverOverride = "vfio-pci"
      }),
    .silent(
      .staleOverride, "the same with vfio-pci registered: it has not been bound yet",
      besides: [.overrideNotApplied],
      .withGroups {
        $0.register("vfio-pci")
        $0["0000:00:19.0"].driver = nil
        $0["0000:00:19.0"].driverOverride = "vfio-pci"
      }),
  ]

  static let overrideNotApplied: [RuleScenario] = [
    .firing(
      .overrideNotApplied,
      "driver_override names vfio-pci, which is built in, and no probe followed",
      .withGroups {
        $0.register("vfio-pci")
        $0["0000:00:19.0"].driver = nil
        $0["0000:00:19.0"].driverOverride = "vfio-pci"
      }),
    .silent(
      .overrideNotApplied,
      "an override that keeps drivers away from a member beside one on vfio-pci",
      besides: [.driverlessMember],
      .desktop { $0.putAudio(on: nil, override: "vfio-pci") }),
  ]

  static let vfTokenRequired: [RuleScenario] = [
    .firing(
      .vfTokenRequired, "vfio-pci has a virtual function and its physical function",
      .networkCard {
        $0["0000:3b:00.0"].driver = "vfio-pci"
        $0["0000:3b:02.0"].driver = "vfio-pci"
      }),
    .silent(
      .vfTokenRequired, "the physical function is on its kernel driver",
      .networkCard { $0["0000:3b:02.0"].driver = "vfio-pci" }),
  ]

  static let unknownOption: [RuleScenario] = [
    .firing(
      .unknownOption, "vfio-pci-ids=10de:13c2 on the command line",
      .withGroups { $0.commandLine = "quiet vfio-pci-ids=10de:13c2" }),
    .silent(
      .unknownOption, "the same with a full stop, and no such device",
      .withGroups { $0.commandLine = "quiet vfio-pci.ids=10de:13c2" }),
  ]

  static let idsNotApplied: [RuleScenario] = [
    .firing(
      .idsNotApplied, "vfio-pci.ids names a network card that is on e1000e",
      .withGroups { $0.commandLine = "vfio-pci.ids=8086:10d3" }),
    .silent(
      .idsNotApplied, "the same card on vfio-pci",
      .withGroups {
        $0.commandLine = "vfio-pci.ids=8086:10d3"
        $0["0000:00:19.0"].driver = "vfio-pci"
      }),
  ]
}
