import HostModel

/// Something of the host as a whole that differs, in the words that people read.
package struct SettingComparison: Sendable, Equatable {
  package let setting: Setting
  package let old: String
  package let new: String

  package enum Setting: String, Sendable, CaseIterable {
    /// Whether the kernel made any group that an IOMMU keeps apart.
    case iommu
    /// The instances in `/sys/class/iommu`.
    case iommuInstances = "iommu_instances"
    case interruptRemapping = "interrupt_remapping"
    /// `enable_unsafe_noiommu_mode` of vfio.
    case noIOMMUMode = "vfio.enable_unsafe_noiommu_mode"
    /// `allow_unsafe_interrupts` of vfio_iommu_type1.
    case unsafeInterrupts = "vfio_iommu_type1.allow_unsafe_interrupts"
    case iommufdUnsafeInterrupts = "iommufd.allow_unsafe_interrupts"
    case denylistDisabled = "vfio_pci.disable_denylist"
    case sriovEnabled = "vfio_pci.enable_sriov"

    /// `nil` when the host does not say.
    fileprivate func value(on host: ObservedHost) -> String? {
      switch self {
      case .iommu:
        guard host.groupListing.failure == nil else { return nil }
        return host.hasIsolatedGroup.map { $0 ? "on" : "off" }
      case .iommuInstances:
        guard host.iommuListFailure == nil else { return nil }
        return host.iommus.isEmpty ? "none" : host.iommus.map(\.name.text).joined(separator: ", ")
      case .interruptRemapping: return host.interrupts.value?.remapping.word
      case .noIOMMUMode: return Setting.word(host.vfio.noIOMMUMode)
      case .unsafeInterrupts: return Setting.word(host.vfio.unsafeInterrupts)
      case .iommufdUnsafeInterrupts: return Setting.word(host.vfio.iommufdUnsafeInterrupts)
      case .denylistDisabled: return Setting.word(host.vfio.denylistDisabled)
      case .sriovEnabled: return Setting.word(host.vfio.sriovEnabled)
      }
    }

    /// A module that is not loaded has its default, which for all of these is off.
    private static func word(_ switch: Reading<Bool>) -> String? {
      `switch`.failure == nil ? (`switch`.value == true ? "on" : "off") : nil
    }
  }

  static func all(_ old: ObservedHost, _ new: ObservedHost) -> [SettingComparison] {
    Setting.allCases.compactMap { setting in
      guard let before = setting.value(on: old), let after = setting.value(on: new),
        before != after
      else { return nil }
      return SettingComparison(setting: setting, old: before, new: after)
    }
  }
}
