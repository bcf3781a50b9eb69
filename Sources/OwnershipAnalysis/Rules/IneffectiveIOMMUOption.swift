import HostModel

extension Rule {
  /// An option on the command line that does not do what people hope.
  static let ineffectiveIOMMUOption = Rule(
    slug: .ineffectiveIOMMUOption, severity: .info,
    title: "an IOMMU option on the command line has no effect",
    page: RulePage(
      meaning: """
        amd_iommu=on is not an option: AMD's IOMMU is on unless switched off. intel_iommu=on does nothing \
        on an AMD host. iommu=pt chooses the type of the default domain; it does not switch the IOMMU on.
        """,
      evidence: ["cat /proc/cmdline", "dmesg | grep 'AMD-Vi: Unknown option'"],
      remedy: "Remove it, since it has no effect.",
      kernels: "all",
      source: "kernel-rules §7.6"),
    findings: { context in
      guard let line = context.host.kernel.commandLine.value else { return [] }
      let isAMD =
        context.host.firmware.iommuTables.value?.contains(.ivrs) == true
        || context.host.iommus.contains { $0.vendor == .amd }
        || context.host.firmware.processor.value == .amd
      var options: [(option: String, why: String)] = []
      if line.items(of: .amdIOMMU).contains("on") {
        options.append(("amd_iommu=on", "the AMD IOMMU is on unless it is switched off"))
      }
      if isAMD, line.items(of: .intelIOMMU).contains("on") {
        options.append(("intel_iommu=on", "this host has no Intel IOMMU"))
      }
      return options.map { option, why in
        Finding(
          rule: .ineffectiveIOMMUOption, severity: .info,
          message: "\(option) on the command line has no effect: \(why)",
          evidence: [Evidence(path: "proc/cmdline", value: option)],
          remedy: "remove it from the boot loader's configuration")
      }
    })
}
