import HostModel
package import OwnershipAnalysis

extension Reason {
  /// One line for people: the fact that decided.
  package var text: String {
    switch self {
    case .doubt(let doubt): doubt.text
    case .oneOf(let possibilities): possibilities.map(\.text).joined(separator: "; ")
    case .notAsAssumed(let doubt): "this does not hold: \(doubt.text)"
    case .noSuchDevice: "there is no such device"
    case .noSuchPath: "there is no such file"
    case .fileReadOnly: "this file cannot be written, even by root"
    case .noDeviceCalled(let text, let meant):
      "no device is called '\(PrintableText.escape(text))'"
        + (meant.map { ": the kernel compares the whole name, \($0)" } ?? "")
    case .malformed(let text, let form): form.text(insteadOf: text)
    case .nothingToDo: "the kernel does nothing at 0"
    case .deviceGone(let device): "\(device) is removed from the host until a rescan"
    case .autoprobeSet(let bus, let isOn):
      "new devices and drivers of bus \(bus) are \(isOn ? "" : "not ")probed by themselves"
    case .vfAutoprobeSet(let device, let isOn):
      "VFs of \(device) are \(isOn ? "" : "not ")bound by drivers without an override"
    case .parameterSet(let parameter, let isOn): "\(parameter.rawValue) is \(isOn ? "Y" : "N")"
    case .parameterMissing(let parameter):
      "the module of \(parameter.rawValue) is not loaded, or has no such parameter"
    case .noIOMMUModeOff: "no-IOMMU mode was switched off since the device was bound"
    case .noSuchGroup(let group): "there is no group \(group)"
    case .driverNotRegistered(let driver, let bus):
      "no driver \(driver) is registered on bus \(bus)"
    case .isBound(let device, let driver): "\(device) is bound to \(driver)"
    case .isUnbound(let device, let driver): "\(device) is unbound from \(driver)"
    case .hasNoDriver(let device): "\(device) has no driver"
    case .overrideNamesOther(let device, let named, let asked):
      "driver_override of \(device) names \(named), not \(asked)"
    case .doesNotMatch(let driver, let device): "\(driver) does not match \(device)"
    case .userSpaceOwns(let group): "user space owns group \(group)"
    case .noDefaultDomain(let group): "group \(group) has no default domain yet"
    case .vfAutoprobeOff(let function):
      "physical function \(function) has sriov_drivers_autoprobe switched off"
    case .notifierRefuses(let group, let driver):
      "group \(group) is in use and VFIO's notifier refuses \(driver)"
    case .crashesInUse(let group, let driver):
      "group \(group) is in use and \(driver) is not allowed beside VFIO: the kernel stops with a "
        + "BUG once it has bound"
    case .isBridge(let device, let driver):
      "\(device) is a bridge, and \(driver) takes only endpoints"
    case .hasVirtualFunctions(let device, let count):
      "\(device) has \(count) virtual functions"
    case .denylisted(let id): "\(id) is on vfio-pci's denylist"
    case .hasNoGroup(let device): "\(device) has no IOMMU group"
    case .nothingChanges(let device, let driver):
      "\(device) is bound to \(driver) already: nothing changes"
    case .takenAsBound(let device, let reason):
      "the kernel still takes \(device) as bound, and nothing changes: \(reason.text)"
    case .nothingMatches(let device):
      "no registered driver matches \(device): nothing is bound"
    case .probeFailsSilently(let driver, let errno, let reason):
      "nothing is bound, and the write succeeds all the same: the probe of \(driver) answers "
        + "\(errno), since \(reason.text)"
    case .onlyDriver(let driver, let device):
      "only \(driver) can bind \(device) from now on"
    case .anyDriver(let device): "\(device) can be bound by any driver that matches"
    case .unbindHoldsLock(let device):
      "an unbind of \(device) waits for its user and holds the device's lock"
    case .numVFsHoldsLock(let device):
      "a write to sriov_numvfs of \(device) waits and holds the device's lock"
    case .inUse(let device, let user): "\(device) is in use by \(user.text)"
    case .unbindWaits(let device, let user):
      "\(device) is in use by \(user.text): the unbind waits until it is released"
    case .removalWaits(let device, let user):
      "VF \(device) is in use by \(user.text): the write waits until it is released"
    case .firstUnbindLeftNothing: "the first unbind left nothing to do"
    case .waitsForItself(let device, let function):
      "\(device) and its physical function \(function) are in one group: this kernel waits for a "
        + "lock that it holds itself, for good"
    case .neverReturned(let holder): "\(holder) never returned from GET_DEVICE_FD"
    case .idInTable(let id, let driver): "\(driver) has \(id) in its own table"
    case .idAddedBefore(let id, let driver): "\(id) was added to \(driver) before"
    case .idAdded: "the id is added whatever becomes of the devices"
    case .idRemovedBefore(let id, let driver): "\(id) was taken away from \(driver) before"
    case .idRemoved(let id, let driver): "\(driver) no longer matches \(id)"
    case .driversRegistered(let module, []): "\(module) is loaded; it registers no driver"
    case .driversRegistered(let module, let drivers):
      "the drivers of \(module) are registered: \(Phrase.drivers(drivers))"
    case .driversGone(let module, let drivers):
      "the drivers of \(module) let go of their devices and are gone: \(Phrase.drivers(drivers))"
    case .moduleNotLoaded(let module): "module \(module) is not loaded"
    case .typeReadOnly: "the file is read-only up to 5.10"
    case .typeUnknown(let word): "this kernel does not know the type \(word)"
    case .noDomainToChange(let group): "group \(group) has no default domain"
    case .membersBound(let culprits): Phrase.bindings(culprits)
    case .severalDevices(let group): "group \(group) has more than one device"
    case .typeBecomes(let group, let type):
      "the default domain of group \(group) becomes \(type.word)"
    case .notAPhysicalFunction: "the device is not an SR-IOV physical function"
    case .tooManyVirtualFunctions(let device, let limit): "\(device) can have \(limit) VFs"
    case .virtualFunctionsAlready(let device, let count): "\(device) has \(count) VFs already"
    case .virtualFunctionsInTheWay(let device, let count):
      "\(device) has \(count) VFs: write 0 first"
    case .noSRIOVConfigure(let driver):
      "\(driver) cannot create or remove VFs: the driver has no sriov_configure"
    case .needsEnableSRIOV: "vfio-pci makes VFs only with its parameter enable_sriov"
    case .getsVirtualFunctions(let device, let count): "\(device) gets \(count) VFs"
    case .losesVirtualFunctions(let device): "the VFs of \(device) go"
    case .nodeOpened(let group):
      "/dev/vfio/\(group) is open; without a container nothing is claimed"
    case .nodeMissing(let group):
      "/dev/vfio/\(group) is not there: no member is bound to a VFIO driver"
    case .nodeHeld(let holder, let group): "\(holder) holds /dev/vfio/\(group)"
    case .noNodeWithoutGroup(let device):
      "\(device) has no IOMMU group, and so no node in /dev/vfio"
    case .groupInUse(let group): "group \(group) is in use"
    case .groupHeld(let holder, let device): "\(holder) holds the group of \(device)"
    case .heldThroughCdev(let holder, let group):
      "\(holder) holds a device of group \(group) through its cdev"
    case .notViable(let group, let obstacle): "group \(group) is not viable: \(obstacle.text)"
    case .notOnVFIO(let device): "\(device) is not bound to a VFIO driver"
    case .tokenForVirtualFunction(let function):
      "physical function \(function) is on VFIO too: its VFs open with a VF token only"
    case .tokenForFunction(let device, let virtual):
      "VF \(virtual) is in use: \(device) opens with a VF token only"
    case .opened(let holder, let devices):
      "every step succeeds; \(holder) holds \(Phrase.devices(devices))"
    case .openedWithoutIOMMU(let holder, let devices):
      "every step succeeds without an IOMMU; \(holder) holds \(Phrase.devices(devices))"
    case .holdsNothing(let holder): "\(holder) holds nothing"
    case .letsGo(let holder): "\(holder) lets go of everything"
    case .cdevMissing(let device, let cause):
      "there is no node for \(device) in /dev/vfio/devices: \(cause.text)"
    case .noIOMMUFD: "/dev/iommu is not there: no iommufd"
    case .deviceOpen(let holder, let device): "\(holder) has \(device) open already"
    case .interruptsNotIsolated: "interrupts are not isolated"
    case .belongsToKernel(let group, let obstacle):
      "group \(group) belongs to the kernel: \(obstacle.text)"
    case .ownedByOther(let holder, let group):
      "\(holder) owns group \(group) through another interface"
    case .obstacle(let obstacle): obstacle.text
    }
  }
}

extension DeviceUser {
  fileprivate var text: String {
    switch self {
    case .holder(let name): name.text
    case .takesInterrupts: "a process, which takes its interrupts"
    case .keepsAwake: "a process, which keeps it awake"
    case .process: "a process"
    case .container: "a container"
    case .pendingUnbind: "the process that its unbind waits for"
    }
  }
}

extension MissingCdev {
  fileprivate var text: String {
    switch self {
    case .kernelTooOld: "kernels before 6.6 have none"
    case .noIOMMUMode: "kernels before 7.3 have none for a device without an IOMMU"
    case .notOnVFIO: "it is not bound to a VFIO driver"
    case .notConfigured: "this kernel is built without CONFIG_VFIO_DEVICE_CDEV"
    case .othersHaveNone: "other devices on VFIO have none either"
    }
  }
}

extension Obstacle {
  /// The fact in a few words.
  var text: String {
    switch reason {
    case .kernelDriver, .driverNotAllowed: Phrase.bindings(culprits)
    case .directRegion: "the firmware demands a 1:1 mapping for a member"
    case .mixedBuses: "its members sit on different buses"
    case .unsafeInterrupts: "interrupts are not isolated"
    }
  }
}

extension WrittenForm {
  fileprivate func text(insteadOf text: String) -> String {
    let text = PrintableText.escape(text)
    return switch self {
    case .hexadecimalFields:
      "'\(text)' does not begin with a vendor and a device in hexadecimal with a blank between, "
        + "like 10de 13c2"
    case .number: "'\(text)' is not a number that the kernel takes"
    case .bool: "'\(text)' is neither on nor off: it takes 1, y, on, 0, n or off"
    case .shorterThanPage: "the text is longer than a page"
    }
  }
}
