import HashTreeCollections
import HostModel

/// What operations changed of the modelled kernel since the host was observed.
///
/// Small, `Hashable` and cheap to copy: persistent collections share all that two states have in
/// common, so that a thousand states cost what a thousand operations changed.
package struct StateDifference: Hashable, Sendable {
  /// Drivers bound (or, `nil`, unbound) since the host was observed.
  var bindings: TreeDictionary<HostPath, DriverName?> = [:]
  var overrides: TreeDictionary<HostPath, DriverOverride> = [:]
  var owners: TreeDictionary<GroupNumber, Ownership> = [:]
  /// Devices on kernel drivers that took no count: CDX in a claimed group (§3.3).
  var uncounted: TreeSet<HostPath> = []
  /// Virtual functions that went.
  var removed: TreeSet<HostPath> = []
  /// Ids written to `new_id`.
  var dynamicIDs: TreeDictionary<DriverName, TreeSet<PCIIDPair>> = [:]
  /// Ids that are certainly not among a driver's dynamic ones, since they were taken away.
  var removedIDs: TreeDictionary<DriverName, TreeSet<PCIIDPair>> = [:]
  var registrations: [BusName: [DriverName: Bool]] = [:]
  package var holds = HoldTable()
  package var pending = PendingUnbinds()
  package var waiting = WaitingOperations()
  var virtualFunctions: TreeDictionary<HostPath, Int> = [:]
  /// Physical functions whose kernel driver let go: whether it took its VFs along is not known.
  var doubtfulVirtualFunctions: TreeSet<HostPath> = []
  /// What this world takes for true of things that cannot be seen.
  var settled: TreeDictionary<Unknown, Bool> = [:]
  var parameters: TreeDictionary<ModuleParameter, Bool> = [:]
  /// `drivers_autoprobe`, by bus.
  var autoprobe: TreeDictionary<BusName, Bool> = [:]
  /// `sriov_drivers_autoprobe`, by physical function.
  var vfAutoprobe: TreeDictionary<HostPath, Bool> = [:]
  var groupTypes: TreeDictionary<GroupNumber, DomainType> = [:]
  /// The kernel stopped; nothing answers any more.
  package var isCrashed = false
}
