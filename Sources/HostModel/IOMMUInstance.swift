/// An entry of `/sys/class/iommu`: `dmar0`, `ivhd0`, `smmu3.0x09050000`.
package struct IOMMUInstance: Sendable, Equatable {
  package let name: EntryName
  /// `nil` when what shows it was not read.
  package let vendor: Vendor?

  package enum Vendor: Sendable, Hashable {
    /// Has an `intel-iommu` directory.
    case intel
    /// Has an `amd-iommu` directory.
    case amd
    /// An IOMMU of another kind: SMMU, virtio-iommu, …
    case other
  }

  package init(name: EntryName, vendor: Vendor?) {
    self.name = name
    self.vendor = vendor
  }
}
