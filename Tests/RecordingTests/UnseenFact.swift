import HostModel
import OwnershipAnalysis

/// What decides an answer and no file of a host tells; the list is closed.
///
/// An undetermined answer counts as such only when it names one of these and the capture really
/// lacks it, so that not knowing is never the easy way out.
enum UnseenFact: String, CaseIterable, Sendable {
  /// Dynamic ids of a driver: its `new_id` cannot be read (kernel-rules §13 case 40).
  case dynamicIDs = "ids written to new_id"
  /// Of several drivers that match, the first registered takes a device (§4.3).
  case registrationOrder = "order in which drivers registered"
  /// The device, or the group, is not in the capture.
  case laterDevice = "device that came after the capture"
  /// What a driver's own probe will say (§15.3).
  case driverProbe = "a driver's own probe"
  /// `driver_data` of the entries of a driver's table, which modules.alias leaves out (§4.4).
  case driverData = "driver_data of a driver's ids"
  /// The kind of a bridge's port, which only its configuration space tells (pcieport's probe).
  case portType = "kind of a bridge's port"
  /// Which default domains an IOMMU's driver allows a device (§9.1).
  case domainTypes = "types that the IOMMU's driver allows"
  /// Whether a driver that lets go of a physical function removes its VFs (§6.4).
  case formerDriver = "what a driver does as it lets go"
  /// Interrupt isolation where no interrupt shows it (§15.6).
  case interruptIsolation = "isolation of interrupts"
  /// The owner of a group, where nothing shows use (§8.3).
  case owner = "a group's owner"

  /// What an undetermined answer says that it does not know; `nil` when it is not of the list.
  init?(reason: String) {
    let known = Self.allCases.first { fact in
      fact.reasons.contains { $0.allSatisfy(reason.contains) }
    }
    guard let known else { return nil }
    self = known
  }

  /// Words that a reason has: all of one row.
  private var reasons: [[String]] {
    switch self {
    case .dynamicIDs:
      [["written to new_id", "earlier"], ["was added to", "cannot be read"]]
    case .registrationOrder: [["match, and the first that was registered takes it"]]
    case .owner:
      [["whether user space owns group"], ["whether group", "is in use cannot be seen"]]
    case .formerDriver: [["is its former driver's secret"], ["unless the driver that let go"]]
    case .laterDevice, .driverProbe, .portType, .driverData, .domainTypes, .interruptIsolation: []
    }
  }

  /// Whether the capture lacks it.
  func isUnseen(in host: HostSnapshot, _ operation: OwnershipAnalysis.Operation) -> Bool {
    switch self {
    case .dynamicIDs: !host.namesIDsOnCommandLine
    case .owner: host.vfio.openFiles.coverage != .complete
    case .registrationOrder, .laterDevice, .driverProbe, .portType, .driverData, .domainTypes,
      .formerDriver,
      .interruptIsolation:
      true
    }
  }
}

extension HostSnapshot {
  /// `vfio-pci.ids=` and its like: then ids are known after all.
  fileprivate var namesIDsOnCommandLine: Bool {
    kernel.commandLine.value?.words.contains { $0.contains(".ids=") } ?? false
  }
}
