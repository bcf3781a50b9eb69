import HostModel
package import OwnershipAnalysis

extension Effect {
  /// One line for people: what is different after the operation.
  package var text: String {
    switch self {
    case .becomesViable(let group): "group \(group) becomes viable"
    case .stopsBeingViable(let group, let culprits):
      "group \(group) stops being viable"
        + (culprits.isEmpty ? "" : ": \(Phrase.bindings(culprits))")
    case .viabilityUnknown(let group): "whether group \(group) is viable is no longer known"
    case .nodeAppears(let group): "/dev/vfio/\(group) appears"
    case .nodeGoes(let group): "/dev/vfio/\(group) goes"
    case .claimed(let group, let refuses):
      "group \(group) is claimed: "
        + (refuses
          ? "kernel drivers for its members are refused with EBUSY, silently when autoprobed"
          : "a kernel driver that binds to a member crashes the kernel")
    case .released(let group): "group \(group) is no longer claimed"
    case .bound(let device, let driver): "\(device) is bound to \(driver)"
    case .refusedSilently(let device, let reason):
      "\(device) stays without a driver, silently: \(reason.text)"
    case .probeFailed(let device, let errno, let reason):
      "\(device) stays without a driver (\(errno)): \(reason.text)"
    case .autoprobeOff(let bus): "drivers_autoprobe of \(bus) is off: nothing is bound"
    case .unbindCompleted(let device, let driver):
      "the unbind of \(device) from \(driver) that waited completes"
    case .waitingEnded(let call, let verdict, let reason):
      "the \(call.rawValue) that waited is \(verdict.word)"
        + (verdict.errno.map { " with \($0)" } ?? "") + ": \(reason.text)"
    case .virtualFunctionsAppear(let count, let device):
      "\(count) VFs of \(device) appear; their addresses and groups cannot be read beforehand"
    case .virtualFunctionsGetOverride: "the new VFs get driver_override vfio-pci"
    case .virtualFunctionsGone(let device): "the VFs of \(device) are gone"
    }
  }
}
