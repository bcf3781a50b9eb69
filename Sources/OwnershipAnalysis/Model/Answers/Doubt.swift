package import HostModel

/// Something that an answer depends on and that cannot be seen, or that is taken for granted.
///
/// A value, so that code can ask what a doubt is about; its text is made where it is shown
/// (`Reporting/Words`), and its ``code`` is stable.
package indirect enum Doubt: Hashable, Sendable {
  /// The host did not show the fact; the failure says why where that helps.
  case unread(HostFact, ReadFailure?)
  /// The source of this kernel was not read for the feature that decides.
  case unstudied(KernelFeature, of: Reason?)
  /// The answer is given on this condition.
  case assumed(Assumption)

  // MARK: The kernel

  /// Neither the host nor `--kernel` names a kernel.
  case kernelUnknown
  /// The same for an open; the culprits are those that every kernel refuses.
  case kernelUnknownForOpen(refusedByAll: [Culprit])
  /// An earlier operation crashed the kernel.
  case kernelCrashed
  /// The refusal is certain; its errno was ENODEV up to 5.12 and is this one from 5.14.
  case errnoByKernel(Reason, ErrorNumber)

  // MARK: Use and ownership

  /// Whether user space owns the group.
  case ownershipUnseen(GroupNumber)
  /// Whether the group is in use, by whichever interface.
  case useUnseen(GroupNumber)
  /// The same where the kernel crashes if it is.
  case useUnseenBeforeCrash(GroupNumber)
  /// The group is in use; which interface decides the errno.
  case kindOfUseUnseen(GroupNumber)
  /// Whether a device is open, so that its unbind would wait.
  case openUnseen(DeviceName, GroupNumber, isGroupInUse: Bool)
  /// Whether an unbind that waits holds the device's lock.
  case lockUnseen(DeviceName, GroupNumber)
  /// Whether the process that holds the group has it in a container.
  case containerOfHolderUnseen
  /// Whether several holders share one iommufd.
  case sharedIOMMUFDUnseen
  /// Whether a driver has a domain or a PASID attached.
  case privateDomainUnseen(DriverName)

  // MARK: Matching

  /// Ids that were written to the driver's `new_id`.
  case dynamicIDs(DriverName)
  /// Whether this id is among them.
  case dynamicIDAdded(PCIIDPair, DriverName)
  /// The driver's own id table: there is no `modules.alias`.
  case idTableUnread(DriverName)
  /// The driver matches some subsystems of the id only.
  case subsystem(DriverName, PCIIDPair)
  /// Off the PCI bus only a driver's source shows what it matches.
  case matchOffPCI(DriverName, BusName)
  /// Which of several drivers takes the device.
  case driverChoice(
    DeviceName, certain: [DriverName], possible: [DriverName], hasIDTables: Bool)
  /// What the probe of a driver makes of a device that its own ids do not have.
  case foreignDevice(DriverName, DeviceName)
  /// Whether the module is loaded and in use.
  case useOfModule(ModuleName)
  /// Which drivers a module registers.
  case driversOfModule(ModuleName)

  // MARK: Devices

  /// The group has a `direct` region, and which vendor's IOMMU serves it is not known.
  case directRegionOfUnknownIOMMU
  /// Whether interrupts are isolated; if not, this call answers EPERM.
  case interruptIsolationUnseen(KernelCall)
  /// vfio_iommu_type1 is not loaded, so its parameter is not known.
  case typeOneNotLoaded
  /// How many VFs the driver that let go of a physical function left behind.
  case virtualFunctionsLeft(DeviceName, Int)
  /// The same for a probe that refuses a physical function with VFs.
  case virtualFunctionsInTheWay(DeviceName, Int)
  /// Whether vfio-platform knows a reset function for the device.
  case platformReset(DeviceName)
  /// Whether a container takes a group that VFIO made up beside a real one.
  case madeUpGroupBesideRealOne(DeviceName)
  /// CONFIG_VFIO_DEVICE_CDEV.
  case cdevConfiguration
  /// CONFIG_IOMMUFD_NOIOMMU (from 7.3).
  case noIOMMUCdevConfiguration
  /// CONFIG_INTEL_IOMMU_DEFAULT_ON.
  case defaultOfIntelIOMMU
  /// The kernel's log is not read.
  case kernelLog

  // MARK: Writing to sysfs

  /// An id with more than a vendor and a device.
  case moreFieldsOfID(DriverName)
  /// What this kernel's parser makes of a text.
  case parser(String)
  /// What goes with a bridge.
  case devicesBelow(DeviceName)
  /// What a rescan finds.
  case devicesFound

  // MARK: The sequence

  /// How these operations of the sequence, counted from 1, ended.
  case outcomes(of: [Int])
}

/// A fact of the host that can be unread.
package enum HostFact: Hashable, Sendable {
  case member(link: String)
  case driver(DeviceName)
  /// Whether the device is registered with VFIO: its `vfio-dev`.
  case registration(DeviceName)
  case driverOverride(DeviceName)
  case group(DeviceName)
  /// Whether the device is a bridge.
  case header(DeviceName)
  case identity(DeviceName)
  case totalVFs(DeviceName)
  /// Whether the device is a physical or a virtual function, and of which functions.
  case sriovRole(DeviceName)
  case groupDirectory(GroupNumber)
  case memberOfGroup(GroupNumber)
  /// The list of a group's members.
  case membersOfGroup(GroupNumber)
  case driverOfMember(GroupNumber)
  /// The group's `reserved_regions`.
  case reservedRegions(HostPath)
  case driversOfBus(BusName)
  case devicesOfBus(BusName)
  /// vfio-pci's parameter `enable_sriov`.
  case enableSRIOV
  /// The kernel's command line.
  case commandLine
  /// `/proc/interrupts`.
  case interrupts
  /// The name of a group, by which VFIO marks one that it made up.
  case groupName(GroupNumber)
  /// `/sys/class/vfio`.
  case groupNodes
  /// vfio-pci's parameter `disable_denylist`.
  case denylistDisabled
  /// `drivers_autoprobe` of a bus.
  case autoprobe(BusName)
  /// What shows whether a device is open.
  case activity(DeviceName)
  case noIOMMUMode
  /// vfio_iommu_type1's parameter `allow_unsafe_interrupts`.
  case unsafeInterrupts
  /// Whether `/dev/iommu` is there.
  case iommufd
}

extension Doubt {
  /// The stable name of this kind of doubt, for programs.
  package var code: String {
    switch self {
    case .unread(let fact, _): "unread-" + fact.code
    case .unstudied: "kernel-source-not-read"
    case .assumed(let assumption): "assumes-" + assumption.code
    case .kernelUnknown, .kernelUnknownForOpen: "kernel-unknown"
    case .kernelCrashed: "kernel-crashed"
    case .errnoByKernel: "errno-depends-on-kernel"
    case .ownershipUnseen: "ownership-unseen"
    case .useUnseen, .useUnseenBeforeCrash: "use-unseen"
    case .kindOfUseUnseen: "kind-of-use-unseen"
    case .openUnseen: "open-unseen"
    case .lockUnseen: "lock-unseen"
    case .containerOfHolderUnseen: "container-of-holder-unseen"
    case .sharedIOMMUFDUnseen: "shared-iommufd-unseen"
    case .privateDomainUnseen: "private-domain-unseen"
    case .dynamicIDs, .dynamicIDAdded: "dynamic-ids"
    case .idTableUnread: "id-table-unread"
    case .subsystem: "subsystem-unread"
    case .matchOffPCI: "match-off-pci"
    case .driverChoice: "driver-choice"
    case .driversOfModule: "drivers-of-module"
    case .foreignDevice: "device-not-in-id-table"
    case .useOfModule: "module-use-unseen"
    case .directRegionOfUnknownIOMMU: "iommu-vendor-unknown"
    case .interruptIsolationUnseen: "interrupt-isolation-unseen"
    case .typeOneNotLoaded: "vfio-iommu-type1-not-loaded"
    case .virtualFunctionsLeft, .virtualFunctionsInTheWay: "virtual-functions-unknown"
    case .platformReset: "platform-reset-unknown"
    case .madeUpGroupBesideRealOne: "made-up-group-beside-real-one"
    case .cdevConfiguration: "cdev-configuration-unseen"
    case .noIOMMUCdevConfiguration: "noiommu-cdev-configuration-unseen"
    case .defaultOfIntelIOMMU: "intel-iommu-default-unread"
    case .kernelLog: "kernel-log-not-read"
    case .moreFieldsOfID: "id-fields"
    case .parser: "parser-not-read"
    case .devicesBelow: "devices-below-bridge"
    case .devicesFound: "devices-found"
    case .outcomes: "outcome-of-operation"
    }
  }
}

extension HostFact {
  fileprivate var code: String {
    switch self {
    case .member, .memberOfGroup, .membersOfGroup: "member"
    case .driver, .driverOfMember: "driver"
    case .registration: "vfio-registration"
    case .driverOverride: "driver-override"
    case .group, .groupDirectory: "group"
    case .header: "header"
    case .identity: "ids"
    case .totalVFs: "sriov-totalvfs"
    case .sriovRole: "sriov-role"
    case .reservedRegions: "reserved-regions"
    case .driversOfBus: "drivers-of-bus"
    case .devicesOfBus: "devices-of-bus"
    case .enableSRIOV: "enable-sriov"
    case .commandLine: "command-line"
    case .interrupts: "interrupts"
    case .groupName: "group-name"
    case .groupNodes: "group-nodes"
    case .denylistDisabled: "disable-denylist"
    case .autoprobe: "drivers-autoprobe"
    case .activity: "activity"
    case .noIOMMUMode: "noiommu-mode"
    case .unsafeInterrupts: "allow-unsafe-interrupts"
    case .iommufd: "iommufd"
    }
  }
}
