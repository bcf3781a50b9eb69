/// Something that one kernel does and another does not, when it can change an answer.
///
/// `KernelHistory` has one row for each. The numbers F1 to F29 are those of kernel-rules §1.2, which
/// also has those that change no answer.
package enum KernelFeature: String, CaseIterable, Sendable {
  /// `bind` answers with the probe's own errno; before, always ENODEV (F1).
  case bindReturnsProbeError
  /// A group's `type` can be written (F2).
  case groupTypeWritable
  /// `type` can read `DMA-FQ` (F3).
  case flushQueueDomain
  /// Binding a kernel driver claims the group's DMA ownership first (F6): regime B.
  case dmaOwnership
  /// VFIO refuses devices whose DMA is not cache coherent (F7).
  case coherencyRequired
  /// No-IOMMU mode takes any device without a group, also beside an IOMMU (F8).
  case noIOMMUBesideIOMMU
  /// The test of VF tokens no longer waits for a lock of the group that its caller holds (§7.2).
  case tokenTestTakesNoGroupLock
  /// A container accepts groups whose members sit on different buses (F9).
  case mixedBusesAccepted
  /// Devices on VFIO drivers have a `vfio-dev` directory (F10).
  case vfioDeviceDirectory
  /// Unbinding the group's last vfio device releases the claim (F11).
  case lastUnbindReleasesClaim
  /// iommufd and ownership by device (F14).
  case ownershipByDevice
  /// `type` can be written for groups of several devices, tested by `owner_cnt` (F16).
  case groupTypeByOwnership
  /// The CDX bus has a `dma_configure`, which drops the refusal (F17).
  case cdxBus
  /// `/dev/vfio/devices/vfioN` exists (F18).
  case vfioDeviceCdev
  /// A device with a `direct` region refuses every claim of its group with EINVAL (F19).
  case directRegionRefusesClaim
  /// vfio-pci's denylist has Intel DSA and IAX (F21).
  case denylistHasAccelerators
  /// A kernel bind waits for the group's default domain (F22).
  case bindWaitsForDefaultDomain
  /// fdinfo of a vfio device names the device; VF tokens count on the cdev path (F23).
  case fdinfoNamesDevice
  /// `driver_override` of platform devices is read without the device lock (F25).
  case platformOverrideWithoutLock
  /// `driver_override` of amba devices is read without the device lock (F25).
  case ambaOverrideWithoutLock
  /// `driver_override` of PCI devices is read without the device lock (F25).
  case pciOverrideWithoutLock
  /// `new_id` refuses a dynamic id that was added before (kernel-rules §4.4).
  case newIDRefusesDuplicates
  /// No-IOMMU devices have a cdev (F29).
  case noIOMMUCdev
}

/// Whether a kernel has a feature; a version that was not read is not guessed.
package enum Presence: Sendable, Hashable {
  case no
  case yes
  /// The version lies between the last one read without and the first one read with it.
  case unread
}
