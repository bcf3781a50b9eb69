import HostModel

/// The PCI devices of a host by what they are, wherever they are.
struct DeviceUnits {
  /// What moves as one.
  enum Kind: CaseIterable {
    /// All functions of a device number: a card moves whole.
    case slot
    case function
  }

  /// What a unit is: its functions, with their numbers where these say anything.
  ///
  /// A number that both hosts share. The functions themselves could be thousands, and are compared
  /// once for each unit.
  struct Signature: Hashable {
    fileprivate let number: Int
  }

  private struct Function: Hashable, Comparable {
    let number: UInt8
    let vendor: UInt16
    let device: UInt16

    static func < (left: Function, right: Function) -> Bool {
      (left.number, left.vendor, left.device) < (right.number, right.vendor, right.device)
    }
  }

  private var units: [Signature: [[Int]]] = [:]
  private var signatureOfDevice: [Int: Signature] = [:]

  static func ofBoth(
    _ old: DeviceTopology, _ new: DeviceTopology, by kind: Kind
  ) -> (old: DeviceUnits, new: DeviceUnits) {
    var known: [[Function]: Signature] = [:]
    return (
      DeviceUnits(of: old, by: kind, knowing: &known),
      DeviceUnits(of: new, by: kind, knowing: &known)
    )
  }

  private init(
    of topology: DeviceTopology, by kind: Kind, knowing signatures: inout [[Function]: Signature]
  ) {
    let known = topology.positions.keys.filter { topology.devices[$0].identity.value != nil }
      .sorted()
    switch kind {
    case .function:
      for index in known { add([index], of: topology, numbered: false, knowing: &signatures) }
    case .slot:
      let slots = Dictionary(grouping: known) { topology.slot(of: $0) }
      let ordered = slots.values.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
      for unit in ordered { add(unit, of: topology, numbered: true, knowing: &signatures) }
    }
  }

  /// In a fixed order.
  var signatures: [Signature] {
    units.sorted { ($0.value.first?.first ?? 0) < ($1.value.first?.first ?? 0) }.map(\.key)
  }

  /// The units of this signature by the names of their devices, each in the order of its functions.
  subscript(signature: Signature) -> [[Int]] { units[signature] ?? [] }

  /// The signature of the unit that the device belongs to.
  func signature(of index: Int) -> Signature? { signatureOfDevice[index] }

  private mutating func add(
    _ unit: [Int], of topology: DeviceTopology, numbered: Bool,
    knowing signatures: inout [[Function]: Signature]
  ) {
    let functions = unit.compactMap { index -> (index: Int, function: Function)? in
      guard let identity = topology.devices[index].identity.value,
        let place = topology.positions[index]?.place
      else { return nil }
      let function = Function(
        number: numbered ? place.function : 0, vendor: identity.vendor, device: identity.device)
      return (index, function)
    }.sorted { ($0.function, $0.index) < ($1.function, $1.index) }
    let content = functions.map(\.function)
    let signature = signatures[content] ?? Signature(number: signatures.count)
    signatures[content] = signature
    units[signature, default: []].append(functions.map(\.index))
    for (index, _) in functions { signatureOfDevice[index] = signature }
  }
}
