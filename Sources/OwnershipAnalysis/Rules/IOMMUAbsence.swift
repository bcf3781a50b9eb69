import HostModel

/// Why a host has no IOMMU group, as far as it can be seen.
///
/// One diagnosis for a host: the rules about a missing IOMMU each speak for one case.
enum IOMMUAbsence: Equatable {
  /// Xen uses the IOMMU for itself; this is its control domain.
  case ownedByXen
  /// A command line option switches it off.
  case disabledOnCommandLine(option: String)
  /// No firmware table describes an IOMMU.
  case notReported(isVirtualMachine: Bool)
  /// Intel's IOMMU is there and this kernel leaves it off unless asked.
  case notEnabled(isDefaultKnown: Bool)
  /// Nothing seen explains it: an IOMMU is there and not switched off, or the firmware's tables,
  /// which would show one, cannot be seen or read.
  case inactive

  /// `nil` when the host has groups, or when it did not say.
  init?(of host: ObservedHost) {
    guard host.hasIsolatedGroup == false,
      host.groupListing.failure == nil, !host.isBlank
    else { return nil }
    // As a module xen-pciback registers its driver in the control domain only; built in, anywhere.
    if host.driver("pciback", on: .pci)?.module.value != nil {
      self = .ownedByXen
      return
    }
    if let option = IOMMUAbsence.disablingOption(of: host) {
      self = .disabledOnCommandLine(option: option)
      return
    }
    let isVirtualMachine = host.firmware.isVirtualMachine.value == true
    guard let tables = host.firmware.iommuTables.value else {
      // A host without ACPI has no tables that describe an IOMMU, whether it has one or not.
      self =
        isVirtualMachine && host.iommus.isEmpty && host.iommuListFailure == nil
        ? .notReported(isVirtualMachine: true) : .inactive
      return
    }
    let isSilent = host.firmware.certainIOMMUTables.isEmpty && host.firmware.doubtOfSMMU == nil
    if isSilent, host.iommus.isEmpty, host.iommuListFailure == nil {
      self = .notReported(isVirtualMachine: isVirtualMachine)
    } else if tables.contains(.dmar), host.kernel.commandLine.failure == nil,
      !IOMMUAbsence.isIntelSwitchedOn(host)
    {
      self = .notEnabled(isDefaultKnown: host.kernel.options.value != nil)
    } else {
      self = .inactive
    }
  }

  /// What the directory of groups shows on such a host.
  static func groupEvidence(of host: ObservedHost) -> Evidence {
    let value: String? =
      if host.groupListing.isAbsent {
        nil
      } else {
        host.groups.isEmpty ? "empty" : "no group but those of no-IOMMU mode"
      }
    return Evidence(path: "sys/kernel/iommu_groups", value: value)
  }

  /// The option that switches this host's IOMMU off; the other vendor's options mean nothing.
  private static func disablingOption(of host: ObservedHost) -> String? {
    guard let line = host.kernel.commandLine.value else { return nil }
    if line.items(of: .iommu).contains("off") { return "iommu=off" }
    let tables = host.firmware.iommuTables.value ?? []
    let isIntel = tables.contains(.dmar) || host.firmware.processor.value == .intel
    let isAMD = tables.contains(.ivrs) || host.firmware.processor.value == .amd
    if isIntel, let last = line.items(of: .intelIOMMU).last(where: { $0 == "on" || $0 == "off" }),
      last == "off"
    {
      return "intel_iommu=off"
    }
    if isAMD, line.items(of: .amdIOMMU).contains("off") { return "amd_iommu=off" }
    return nil
  }

  /// Asked for on the command line, or on by the kernel's configuration.
  private static func isIntelSwitchedOn(_ host: ObservedHost) -> Bool {
    if host.kernel.commandLine.value?.items(of: .intelIOMMU).contains("on") == true {
      return true
    }
    guard let options = host.kernel.options.value else { return false }
    return options[.intelDefaultOn] == "y" || options[.intelDefaultOnExceptGraphics] == "y"
  }
}
