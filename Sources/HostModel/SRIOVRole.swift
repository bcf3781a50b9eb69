/// What a PCI function is to SR-IOV.
package enum SRIOVRole: Sendable, Equatable {
  case none
  case physical(PhysicalFunction)
  /// `physfn` leads to the physical function.
  case virtual(physicalFunction: HostPath)
  /// What decides it did not answer: `physfn`, `sriov_totalvfs` or a `virtfnN`.
  case unread(ReadFailure)
}

/// A function that can have virtual functions: it has `sriov_totalvfs`.
package struct PhysicalFunction: Sendable, Equatable {
  /// `sriov_totalvfs`.
  package var totalVFs: Reading<Int>
  /// Where `virtfn0`, `virtfn1`, … lead: the VFs that exist now. `sriov_numvfs` is never read.
  package var virtualFunctions: [HostPath]
  /// `sriov_drivers_autoprobe`; absent on kernels without it.
  package var driversAutoprobe: Reading<Bool>

  package init(
    totalVFs: Reading<Int>, virtualFunctions: [HostPath], driversAutoprobe: Reading<Bool>
  ) {
    self.totalVFs = totalVFs
    self.virtualFunctions = virtualFunctions
    self.driversAutoprobe = driversAutoprobe
  }
}

extension Device {
  /// A physical function whose virtual functions exist now.
  package var hasVirtualFunctions: Bool {
    guard case .physical(let function) = sriov else { return false }
    return !function.virtualFunctions.isEmpty
  }
}
