package import HostModel

/// The fact that decided an answer of the kernel model.
///
/// A value: its text is made where it is shown (`Reporting/Words`), and its ``code`` is stable.
package indirect enum Reason: Hashable, Sendable {
  /// Nothing decided: this is not known.
  case doubt(Doubt)
  /// One of several facts, each with its answer.
  case oneOf([Possibility])
  /// Something that the answer to an operation takes for granted is not so.
  case notAsAssumed(Doubt)

  case noSuchDevice
  case noSuchGroup(GroupNumber)
  case driverNotRegistered(DriverName, BusName)

  // MARK: Writing to sysfs

  case noSuchPath
  case fileReadOnly
  /// No device has this very name; the one that is probably meant.
  case noDeviceCalled(String, meant: DeviceName?)
  case malformed(String, WrittenForm)
  case nothingToDo
  case deviceGone(DeviceName)
  case autoprobeSet(BusName, Bool)
  case vfAutoprobeSet(DeviceName, Bool)
  case parameterSet(ModuleParameter, Bool)
  /// The module is not loaded, or the kernel is built without the parameter.
  case parameterMissing(ModuleParameter)

  // MARK: Binding

  case isBound(DeviceName, DriverName)
  case isUnbound(DeviceName, DriverName)
  case hasNoDriver(DeviceName)
  case overrideNamesOther(DeviceName, named: DriverName, asked: DriverName)
  case doesNotMatch(DriverName, DeviceName)
  case userSpaceOwns(GroupNumber)
  case noDefaultDomain(GroupNumber)
  /// `sriov_drivers_autoprobe` of this physical function is 0.
  case vfAutoprobeOff(DeviceName)
  /// The 2017 proposal: the notifier refuses the bind.
  case notifierRefuses(GroupNumber, DriverName)
  /// Regime A: the driver binds into a group in use, and the kernel stops.
  case crashesInUse(GroupNumber, DriverName)

  // MARK: A driver's probe

  case isBridge(DeviceName, DriverName)
  case hasVirtualFunctions(DeviceName, Int)
  case denylisted(PCIIDPair)
  case hasNoGroup(DeviceName)

  // MARK: drivers_probe

  case nothingChanges(DeviceName, DriverName)
  case takenAsBound(DeviceName, Reason)
  case nothingMatches(DeviceName)
  case probeFailsSilently(DriverName, ErrorNumber, Reason)

  // MARK: driver_override

  case onlyDriver(DriverName, DeviceName)
  case anyDriver(DeviceName)

  // MARK: Waiting

  case unbindHoldsLock(DeviceName)
  case numVFsHoldsLock(DeviceName)
  case inUse(DeviceName, DeviceUser)
  case unbindWaits(DeviceName, DeviceUser)
  case removalWaits(virtualFunction: DeviceName, DeviceUser)
  case firstUnbindLeftNothing
  /// A VF and its physical function share a group: the kernel waits for its own lock.
  case waitsForItself(virtualFunction: DeviceName, function: DeviceName)
  case neverReturned(HolderName)

  // MARK: new_id and remove_id

  case idInTable(PCIIDPair, DriverName)
  case idAddedBefore(PCIIDPair, DriverName)
  case idAdded
  case idRemovedBefore(PCIIDPair, DriverName)
  case idRemoved(PCIIDPair, DriverName)

  // MARK: A group's type

  case typeReadOnly
  case typeUnknown(String)
  case noDomainToChange(GroupNumber)
  case membersBound([Culprit])
  case severalDevices(GroupNumber)
  case typeBecomes(GroupNumber, DomainType)

  // MARK: Modules

  case driversRegistered(ModuleName, [DriverName])
  case driversGone(ModuleName, [DriverName])
  case moduleNotLoaded(ModuleName)

  // MARK: sriov_numvfs

  case notAPhysicalFunction
  case tooManyVirtualFunctions(DeviceName, limit: Int)
  case virtualFunctionsAlready(DeviceName, Int)
  case virtualFunctionsInTheWay(DeviceName, Int)
  case noSRIOVConfigure(DriverName)
  case needsEnableSRIOV
  case getsVirtualFunctions(DeviceName, Int)
  case losesVirtualFunctions(DeviceName)

  // MARK: Opening

  case nodeOpened(GroupNumber)
  case nodeMissing(GroupNumber)
  case nodeHeld(HolderName, GroupNumber)
  case noNodeWithoutGroup(DeviceName)
  case groupInUse(GroupNumber)
  case groupHeld(HolderName, DeviceName)
  case heldThroughCdev(HolderName, GroupNumber)
  case notViable(GroupNumber, Obstacle)
  case notOnVFIO(DeviceName)
  /// The physical function is on VFIO too, so that its VFs ask for a token.
  case tokenForVirtualFunction(function: DeviceName)
  case tokenForFunction(DeviceName, virtualFunction: DeviceName)
  case opened(HolderName, [DeviceName])
  case openedWithoutIOMMU(HolderName, [DeviceName])
  /// No-IOMMU mode was switched off after the bind.
  case noIOMMUModeOff
  case holdsNothing(HolderName)
  case letsGo(HolderName)

  // MARK: Opening by device node

  case cdevMissing(DeviceName, MissingCdev)
  case noIOMMUFD
  case deviceOpen(HolderName, DeviceName)
  case interruptsNotIsolated
  case belongsToKernel(GroupNumber, Obstacle)
  case ownedByOther(HolderName, GroupNumber)
  case obstacle(Obstacle)
}

/// What a file of sysfs takes.
package enum WrittenForm: Hashable, Sendable {
  case hexadecimalFields
  case number
  case bool
  case shorterThanPage
}

/// Why a device has no node in `/dev/vfio/devices`.
package enum MissingCdev: Hashable, Sendable {
  case kernelTooOld
  case noIOMMUMode
  case notOnVFIO
  case notConfigured
  case othersHaveNone
}

/// Who keeps a device in use.
package enum DeviceUser: Hashable, Sendable {
  case holder(HolderName)
  /// A process whose interrupts `/proc/interrupts` shows.
  case takesInterrupts
  /// A process that keeps the device awake.
  case keepsAwake
  case container
  /// Some process, in a world that takes the device for open.
  case process
  /// Whoever an unbind that began earlier waits for.
  case pendingUnbind
}
