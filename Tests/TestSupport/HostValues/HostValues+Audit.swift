package import HostModel
package import OwnershipAnalysis

/// What the values come to.
extension HostValues {
  package var observed: ObservedHost {
    ObservedHost(
      kernel: stated, firmware: firmware, groups: Array(groups.values),
      groupListing: groupListing ?? .value(groups.count), devices: devices,
      drivers: drivers.flatMap { bus, names in
        names.map { DriverModules.registered($0, on: bus) }
      },
      autoprobe: autoprobe, iommus: iommu.map { [$0] } ?? [], vfio: facilities,
      interrupts: .value(
        InterruptDelivery(remapping: remapping, vfioDevices: takenInterrupts)),
      moduleAliases: aliases, use: use, problems: problems)
  }

  package var audit: Audit {
    Analyzer.audit(observed, requestedKernel: stated.release.isAbsent ? kernel : nil)
  }

  package var state: KernelState { KernelState(audit: audit, assumptions: assumptions) }

  /// Whether the audit calls the first group viable.
  package var viability: Viability { audit.groups[0].viability }

  /// The same in short: `viable`, `undetermined`, or the first refusal, `EPERM at SET_CONTAINER`.
  package var viabilityText: String {
    guard let refusal = viability.obstacles.first?.refusal else { return viability.word }
    return "\(refusal.errno) at \(refusal.call.rawValue)"
  }

  private var facilities: VFIOFacilities {
    var vfio = vfio
    if let kernel, kernel >= KernelVersion(6, 2), hasDeviceNodes { vfio.hasIOMMUFD = .value(true) }
    if vfio.groupNodes.isAbsent {
      let numbers = devices.filter { Self.isVFIO($0.driver.value) }.compactMap(\.group.value)
      vfio.groupNodes = .value(
        Set(numbers).sorted().map {
          VFIOGroupNode(group: $0, isNoIOMMU: groups[$0]?.isMadeUp == true)
        })
    }
    return vfio
  }
}
