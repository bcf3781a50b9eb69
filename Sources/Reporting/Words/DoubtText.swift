import HostModel
package import OwnershipAnalysis

extension Doubt {
  /// One line for people: what cannot be seen, and what would settle it.
  package var text: String {
    switch self {
    case .unread(let fact, let failure): fact.text(unread: failure)
    case .unstudied(let feature, let reason): feature.text(unstudiedFor: reason)
    case .assumed(let assumption): assumption.text
    case .kernelUnknown: "the host does not say which kernel it runs: give --kernel"
    case .kernelUnknownForOpen(let culprits): Doubt.kernelUnknownForOpen(culprits)
    case .kernelCrashed:
      "the kernel has crashed in an earlier step: nothing answers any more"
    case .errnoByKernel(let reason, let errno):
      "\(reason.text): ENODEV up to 5.12, \(errno) from 5.14"
    case .ownershipUnseen(let group):
      "whether user space owns group \(group) cannot be seen: \(Doubt.remedy(for: group))"
    case .useUnseen(let group):
      "whether group \(group) is in use cannot be seen: \(Doubt.remedy(for: group))"
    case .useUnseenBeforeCrash(let group):
      "whether group \(group) is in use cannot be seen; if it is, this kernel crashes"
    case .kindOfUseUnseen(let group):
      "group \(group) is in use, so the bind is refused: with EBUSY if its node is open, "
        + "with EPERM if another iommufd owns it"
    case .openUnseen(let device, let group, let isGroupInUse):
      (isGroupInUse ? "group \(group) is in use; " : "")
        + "whether \(device) is open cannot be seen: if it is, the unbind waits; ask as root, "
        + "or give --assume-unclaimed \(group)"
    case .lockUnseen(let device, let group):
      "/dev/vfio/\(group) is there though no member is on a VFIO driver: if an unbind of "
        + "\(device) waits, it holds the device's lock"
    case .containerOfHolderUnseen:
      "whether the holder of the group has it in a container cannot be seen"
    case .sharedIOMMUFDUnseen: "whether they share one iommufd cannot be seen"
    case .privateDomainUnseen(let driver):
      "whether \(driver) has a domain or PASID attached is not exported"
    case .dynamicIDs(let driver):
      "an id that was written to new_id of \(driver) earlier cannot be read back"
    case .dynamicIDAdded(let id, let driver):
      "whether \(id) was added to \(driver) before cannot be read; if not, ENODEV"
    case .idTableUnread(let driver):
      "the ids of \(driver) could not be read: no modules.alias"
    case .subsystem(let driver, let id): "\(driver) matches some subsystems of \(id) only"
    case .matchOffPCI(let driver, let bus):
      "which devices \(driver) matches on bus \(bus) cannot be read"
    case .driverChoice(let device, let certain, let possible, let hasIDTables):
      "which driver takes \(device) cannot be read: \(Phrase.drivers(certain + possible)) "
        + Doubt.whySeveral(possible, hasIDTables: hasIDTables)
    case .foreignDevice(let driver, let device):
      "the ids of \(driver) do not have \(device): its probe may refuse it, or fail later"
    case .useOfModule(let module): "whether module \(module) is loaded and in use is not followed"
    case .driversOfModule(let module):
      "which drivers module \(module) registers cannot be read"
    case .directRegionOfUnknownIOMMU:
      "the group has a direct region, and whose IOMMU serves it cannot be seen: "
        + "Intel's refuses it on this kernel, others do not"
    case .interruptIsolationUnseen(let call):
      "whether interrupts are isolated cannot be seen here; if not, \(call.rawValue) answers EPERM"
    case .typeOneNotLoaded:
      "vfio_iommu_type1 is not loaded: an option in modprobe.d could still allow it"
    case .virtualFunctionsLeft(let device, let count):
      "whether \(device) still has \(count) VFs depends on its former driver, which does not show it"
    case .virtualFunctionsInTheWay(let device, let count):
      "\(device) has \(count) virtual functions, unless the driver that let go of it took them along"
    case .platformReset(let device):
      "vfio-platform answers ENOENT when it knows no reset function for \(device)"
    case .madeUpGroupBesideRealOne(let device):
      "\(device) has a group that VFIO made up, and whether a container takes it beside a real "
        + "one was not read"
    case .cdevConfiguration:
      "whether this kernel is built with CONFIG_VFIO_DEVICE_CDEV cannot be seen"
    case .noIOMMUCdevConfiguration:
      "whether this kernel has nodes for devices without an IOMMU (CONFIG_IOMMUFD_NOIOMMU) "
        + "cannot be seen, and what BIND_IOMMUFD answers for them was not read"
    case .defaultOfIntelIOMMU:
      "whether this kernel switches it on by itself: its configuration was not read"
    case .kernelLog: "the kernel's log, which is not read"
    case .moreFieldsOfID(let driver):
      "which devices an id of \(driver) with more than vendor and device matches is not followed"
    case .parser(let text):
      "what this kernel makes of '\(PrintableText.escape(text))' was not read"
    case .devicesBelow(let device): "what goes with the bridge \(device) is not followed"
    case .devicesFound: "which devices a rescan finds cannot be seen"
    case .outcomes(let operations): "it depends on \(Phrase.operations(operations))"
    }
  }

  /// Each once, in the order of their texts.
  static func inOrderOfText(_ doubts: [Doubt]) -> [Doubt] {
    Set(doubts).map { (text: $0.text, doubt: $0) }
      .sorted { ($0.text, $0.doubt.code) < ($1.text, $1.doubt.code) }.map(\.doubt)
  }

  private static func remedy(for group: GroupNumber) -> String {
    "ask as root, or give --assume-claimed \(group) or --assume-unclaimed \(group)"
  }

  private static func kernelUnknownForOpen(_ culprits: [Culprit]) -> String {
    (culprits.isEmpty ? "" : "every kernel refuses it (\(Phrase.bindings(culprits))), and ")
      + "the host does not say which kernel it runs: give --kernel for call and errno"
  }

  private static func whySeveral(_ possible: [DriverName], hasIDTables: Bool) -> String {
    guard hasIDTables else { return "may match, and without modules.alias no ids are known" }
    return possible.isEmpty
      ? "match, and the first that was registered takes it"
      : "may match, \(Phrase.drivers(possible)) by an id that was written to new_id earlier"
  }
}

extension HostFact {
  fileprivate func text(unread failure: ReadFailure?) -> String {
    let end = failure.map { ": \($0)" } ?? ""
    return switch self {
    case .member(let link):
      "member \(link) could not be read\(failure.map { " (\($0))" } ?? ""): its driver is unknown"
    case .driver(let device): "the driver of \(device) could not be read\(end)"
    case .registration(let device):
      "whether the driver of \(device) is a VFIO driver could not be read\(end)"
    case .driverOverride(let device): "driver_override of \(device) could not be read\(end)"
    case .group(let device): "the group of \(device) could not be read\(end)"
    case .header(let device): "whether \(device) is a bridge could not be read\(end)"
    case .identity(let device): "the ids of \(device) could not be read\(end)"
    case .totalVFs(let device): "sriov_totalvfs of \(device) could not be read\(end)"
    case .sriovRole(let device): "what \(device) is to SR-IOV could not be read\(end)"
    case .groupDirectory(let group): "group \(group) could not be read\(end)"
    case .memberOfGroup(let group): "the member of group \(group) could not be read\(end)"
    case .membersOfGroup(let group):
      "the members of group \(group) could not be listed\(end)"
    case .driverOfMember(let group):
      "the driver of a member of group \(group) could not be read\(end)"
    case .reservedRegions(let path):
      "\(path) could not be read\(failure.map { " (\($0))" } ?? ""): a firmware mapping could "
        + "refuse the group"
    case .devicesOfBus(let bus): "the devices of bus \(bus) could not all be read\(end)"
    case .driversOfBus(let bus): "the drivers of bus \(bus) could not be read\(end)"
    case .enableSRIOV: "vfio-pci's parameter enable_sriov could not be read\(end)"
    case .commandLine: "the kernel's command line could not be read\(end)"
    case .interrupts: "/proc/interrupts could not be read\(end)"
    case .groupName(let group):
      "whether VFIO made group \(group) up could not be read\(end)"
    case .groupNodes: "/sys/class/vfio could not be read\(end)"
    case .denylistDisabled: "vfio-pci's parameter disable_denylist could not be read\(end)"
    case .autoprobe(let bus): "drivers_autoprobe of bus \(bus) could not be read\(end)"
    case .activity(let device): "whether \(device) is open could not be read\(end)"
    case .noIOMMUMode: "whether no-IOMMU mode is on could not be read\(end)"
    case .unsafeInterrupts: "allow_unsafe_interrupts could not be read\(end)"
    case .iommufd: "whether /dev/iommu is there could not be read\(end)"
    }
  }
}

extension KernelFeature {
  /// What was not read in this kernel's source.
  fileprivate func text(unstudiedFor reason: Reason?) -> String {
    let fact = reason.map { $0.text + "; " } ?? ""
    return switch self {
    case .groupTypeWritable: "whether type can be written was not read"
    case .groupTypeByOwnership: "what this kernel asks of a group was not read"
    case .vfioDeviceCdev: "whether this kernel has device nodes was not read"
    case .noIOMMUBesideIOMMU: "no-IOMMU mode beside an IOMMU was not read for this kernel"
    case .mixedBusesAccepted:
      "members sit on different buses, which kernels up to 5.19 refuse"
    case .directRegionRefusesClaim:
      "the group has a direct region, which this kernel refuses or not: its source was not read"
    case .bindWaitsForDefaultDomain:
      "\(fact)whether a bind waits for it was not read for this kernel"
    case .denylistHasAccelerators:
      if case .denylisted(let id)? = reason {
        "whether \(id) is on this kernel's vfio-pci denylist was not read"
      } else {
        "the stable level's vfio-pci source was not read"
      }
    case .fdinfoNamesDevice: "\(fact)whether this kernel asks was not read"
    case .tokenTestTakesNoGroupLock: (reason?.text ?? "it waits") + ", if it is older than the fix"
    case .ambaOverrideWithoutLock:
      "\(fact)whether a write to driver_override waits for it was not read for this kernel"
    default: "\(fact)this kernel's source was not read for it"
    }
  }
}
