/// What the host says of its kernel.
package struct Kernel: Sendable, Equatable {
  /// `uname -r`, from `/proc/sys/kernel/osrelease`.
  package var release: Reading<String>
  /// `uname -v`, from `/proc/sys/kernel/version`; Debian puts its stable level here.
  package var build: Reading<String>
  /// `/proc/version_signature`, where Ubuntu names the upstream version it is based on.
  package var signature: Reading<String>
  /// The words of `/proc/cmdline`.
  package var commandLine: Reading<KernelCommandLine>
  /// Symbols of `/proc/kallsyms` that show the regime (kernel-rules §1.1).
  package var symbols: Reading<Set<KernelSymbol>>
  /// Options of `/boot/config-RELEASE`, read only where a verdict needs them.
  package var options: Reading<[KernelOption: String]>

  package init(
    release: Reading<String>, build: Reading<String>, signature: Reading<String>,
    commandLine: Reading<KernelCommandLine>, symbols: Reading<Set<KernelSymbol>>,
    options: Reading<[KernelOption: String]>
  ) {
    self.release = release
    self.build = build
    self.signature = signature
    self.commandLine = commandLine
    self.symbols = symbols
    self.options = options
  }
}

/// An option of the kernel's configuration that changes an answer.
package enum KernelOption: String, CaseIterable, Sendable {
  case intelDefaultOn = "CONFIG_INTEL_IOMMU_DEFAULT_ON"
  case intelDefaultOnExceptGraphics = "CONFIG_INTEL_IOMMU_DEFAULT_ON_INTGPU_OFF"
  case intelIOMMU = "CONFIG_INTEL_IOMMU"
  case amdIOMMU = "CONFIG_AMD_IOMMU"
  case vfio = "CONFIG_VFIO"
  case vfioGroup = "CONFIG_VFIO_GROUP"
  case vfioDeviceCdev = "CONFIG_VFIO_DEVICE_CDEV"
  case vfioNoIOMMU = "CONFIG_VFIO_NOIOMMU"
  case iommufd = "CONFIG_IOMMUFD"
}

/// A symbol of `/proc/kallsyms` whose presence shows what the kernel does (kernel-rules §1.1).
package enum KernelSymbol: String, CaseIterable, Sendable {
  /// Regime B: binds claim DMA ownership (5.19 and vendor kernels that backport it).
  case claimsOwnership = "iommu_group_claim_dma_owner"
  /// Regime A when the first is missing: VFIO listens to binds (up to 5.18).
  case notifiesBinds = "iommu_group_register_notifier"
  /// Ownership by device, the PASID test (from 6.2).
  case claimsByDevice = "iommu_device_claim_dma_owner"
  /// The group's `type` can be written (from 5.11).
  case storesType = "iommu_group_store_type"
  /// `driver_override` is read without the device lock (7.0, stable 6.12.80 and 6.12.91).
  case overrideWithoutLock = "__device_set_driver_override"
}
