import HostModel
import OwnershipAnalysis

/// A fact that decides an answer and is in no file of a host; the list is closed.
///
/// An undetermined answer counts as such only when it names one of these, which no capture holds, so
/// that not knowing is never the easy way out.
enum UnseenFact: String, CaseIterable, Sendable {
  /// Dynamic ids of a driver: its `new_id` cannot be read (kernel-rules §13 case 40).
  case dynamicIDs = "ids written to new_id"
  /// The device is not in the capture.
  case laterDevice = "device that came after the capture"
  /// What a driver's own probe will say (§15.3).
  case driverProbe = "a driver's own probe"
  /// The kind of a bridge's port, which only its configuration space shows (pcieport's probe).
  case portType = "kind of a bridge's port"

  /// What an undetermined answer says that it does not know; `nil` when it is not of the list.
  init?(_ doubt: Doubt) {
    switch doubt {
    case .dynamicIDs, .dynamicIDAdded: self = .dynamicIDs
    case .driverChoice(_, _, let possible, hasIDTables: true) where !possible.isEmpty:
      self = .dynamicIDs
    default: return nil
    }
  }
}
