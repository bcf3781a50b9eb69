import HostModel
import OwnershipAnalysis
import TestSupport

/// Every state of a small group under every operation, as text for people to review.
///
/// A member is a letter: `-` no driver, `K` a kernel driver, `V` vfio-pci, `S` pci-stub, `P` a
/// bridge on pcieport, `H` a bridge on shpchp, `.` an unbind that waits. After them stands the
/// owner: nothing, `*` a container, `+` an iommufd, `o` the open node alone; all held by `vm`, who
/// opened the first `V`. An answer is `ok` with the state after it where that differs, an errno
/// with its call where that is not the file written, `waits`, `BUG`, or `?` for undetermined.
struct StateTable {
  static let kernels = [
    KernelVersion(5, 10, 223), KernelVersion(5, 17), KernelVersion(5, 19),
    KernelVersion(6, 1, 176), KernelVersion(6, 12, 107), KernelVersion(7, 3, 4),
  ]
  private static let kinds: [Character] = ["-", "K", "V", "S", "P", "H"]

  var text: String {
    var lines = [
      "# Written by StateTableTests: VFIO_PREFLIGHT_ACCEPT_GOLDEN=1 swift test --filter StateTable",
      "# members: - no driver, K snd_hda_intel, V vfio-pci, S pci-stub, P bridge on pcieport,",
      "#   H bridge on shpchp, . an unbind that waits; D1 is the first member",
      "# owner: * a container, + an iommufd, o the open node alone; vm opened the first V",
      "# answers: ok or waits with the state after it, an errno (of an open with its call), BUG,",
      "#   ? undetermined, n/a where the kernel does not come into the state",
      "# kernels: " + Self.kernels.map(\.description).joined(separator: ", "),
      "# members and owner | operation | answers",
    ]
    for members in Self.combinations(of: 2) {
      for owner in ["", "*", "+", "o"] { lines += rows(members, owner) }
    }
    for members in Self.combinations(of: 3) {
      for owner in ["", "*"] { lines += rows(members, owner) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func combinations(of count: Int, from first: Int = 0) -> [[Character]] {
    guard count > 0 else { return [[]] }
    return (first..<kinds.count).flatMap { index in
      combinations(of: count - 1, from: index).map { [kinds[index]] + $0 }
    }
  }

  // MARK: One state

  private func rows(_ members: [Character], _ owner: String) -> [String] {
    let name = String(members) + owner
    guard let setup = Self.setup(members, owner) else { return [] }
    let hosts = Self.kernels.map { Self.host($0, members) }
    let starts = hosts.map(\.state)
    let reached = zip(hosts, starts).map { host, state in
      setup.flatMap { Self.apply([$0], to: state, of: host).last }
    }
    if let setup, !reached.contains(where: { $0?.verdict == .accepted }) {
      let cells = zip(hosts, starts).map { Self.cell($0, [setup], from: $1) }
      return ["\(name) | is not reached: \(setup) | \(Self.joined(cells))"]
    }
    return Self.operations(members, owner).map { operation in
      let cells = hosts.indices.map { index in
        guard let first = reached[index] else {
          return Self.cell(hosts[index], operation, from: starts[index])
        }
        guard first.verdict == .accepted else { return "n/a" }
        return Self.cell(hosts[index], operation, from: first.state)
      }
      return "\(name) | \(operation.joined(separator: ", ")) | \(Self.joined(cells))"
    }
  }

  /// The operation that makes the owner; `nil` when the state is meaningless.
  private static func setup(_ members: [Character], _ owner: String) -> String?? {
    guard !owner.isEmpty else { return .some(nil) }
    guard let first = members.firstIndex(of: "V") else { return nil }
    return switch owner {
    case "*": "open D\(first + 1) as vm"
    case "+": "open-cdev D\(first + 1) as vm"
    default: "open-node 1 as vm"
    }
  }

  private static func host(_ kernel: KernelVersion, _ members: [Character]) -> HostValues {
    var host = HostValues(kernel)
    // A driver that is not registered yet and matches what has no driver.
    if let late = ModuleAlias(pattern: "pci:v00008086d00001C20sv*sd*bc*sc*i*", module: "late") {
      host.aliases = .value(HostValues.ordinaryAliases + [late])
    }
    let bridge: PCIID = "8086:1901"
    for member in members {
      switch member {
      case "K": host.add("snd_hda_intel")
      case "V": host.add("vfio-pci")
      case "S": host.add("pci-stub")
      case "P": host.add("pcieport", bridge: true, deviceClass: 0x060400, id: bridge)
      case "H": host.add("shpchp", bridge: true, deviceClass: 0x060400, id: bridge)
      default: host.add(nil)
      }
    }
    if !members.contains("V") {
      // Another group shows that this kernel has nodes for devices.
      host.add("vfio-pci", group: 2)
    }
    return host
  }

  private static func operations(_ members: [Character], _ owner: String) -> [[String]] {
    var operations: [[String]] = []
    var seen: [Character: Int] = [:]
    for (index, member) in members.enumerated() {
      seen[member, default: 0] += 1
      // The second V differs from the first, which vm has opened.
      guard seen[member] == 1 || (member == "V" && seen[member] == 2) else { continue }
      operations += operationsOnMember("D\(index + 1)", member)
    }
    operations += [
      ["open-node 1"], ["group-type 1 identity"], ["group-type 1 DMA-FQ"],
      ["new-id e1000e 8086:1c20"], ["modprobe late"], ["rmmod vfio_pci"],
    ]
    return owner.isEmpty ? operations : operations + [["close vm"]]
  }

  private static func operationsOnMember(_ device: String, _ member: Character) -> [[String]] {
    switch member {
    case "-":
      [
        ["bind \(device) snd_hda_intel"],
        ["override \(device) vfio-pci", "bind \(device) vfio-pci"],
        ["override \(device) pci-stub", "bind \(device) pci-stub"],
        ["override \(device) vfio-pci", "bind \(device) snd_hda_intel"], ["probe \(device)"],
        ["unbind \(device)"], ["open \(device)"], ["open-cdev \(device)"],
      ]
    case "V":
      [
        ["unbind \(device)"], ["unbind \(device)", "bind \(device) snd_hda_intel"],
        ["override \(device) vfio-pci", "bind \(device) vfio-pci"], ["probe \(device)"],
        ["open \(device)"], ["open-cdev \(device)"], ["open-cdev \(device) as vm"],
      ]
    case "K": [["unbind \(device)"], ["bind \(device) snd_hda_intel"], ["open \(device)"]]
    default: [["unbind \(device)"]]
    }
  }

  // MARK: One answer

  private static func apply(
    _ operation: [String], to state: KernelState, of host: HostValues
  ) -> [Transition] {
    (try? host.run(operation, from: state)) ?? []
  }

  private static func cell(
    _ host: HostValues, _ operation: [String], from state: KernelState
  ) -> String {
    let transitions = apply(operation, to: state, of: host)
    guard let last = transitions.last else { return "malformed" }
    let previous = transitions.dropLast().last?.state ?? state
    switch last.verdict {
    case .accepted, .blocks:
      let word = last.verdict == .accepted ? "ok" : "waits"
      let after = shape(last.state, host)
      return after == shape(previous, host) ? word : "\(word) \(after)"
    case .refused(let errno):
      let isOpening = operation.last?.hasPrefix("open") == true
      return isOpening ? "\(errno) \(last.call.rawValue)" : "\(errno)"
    case .refusedWithOneOf(let errnos): return errnos.map(\.name).joined(separator: "/")
    case .crashes: return "BUG"
    case .undetermined: return "?"
    }
  }

  /// The state in the letters of the table.
  private static func shape(_ state: KernelState, _ host: HostValues) -> String {
    let letters = host.devices.filter { $0.group == .value(1) }.map { device -> String in
      if state.difference.pending[device.path] != nil { return "." }
      return switch state.driver(of: device).value {
      case nil: "-"
      case "vfio-pci": "V"
      case "pci-stub": "S"
      case "pcieport": "P"
      case "shpchp": "H"
      default: "K"
      }
    }
    let owner =
      switch state.ownership(of: 1) {
      case .container: "*"
      case .iommufd: "+"
      case .somebody, .unknown: "?"
      case .unclaimed: isNodeOpen(1, in: state) ? "o" : ""
      }
    return letters.joined() + owner
  }

  private static func isNodeOpen(_ group: GroupNumber, in state: KernelState) -> Bool {
    state.difference.holds.opener(of: group) != nil
  }

  /// Kernels that answer alike share an entry: `5.10.223-5.17 BUG, 5.19-7.3.4 EBUSY`.
  private static func joined(_ cells: [String]) -> String {
    var parts: [(first: Int, last: Int, cell: String)] = []
    for (index, cell) in cells.enumerated() {
      if parts.last?.cell == cell {
        parts[parts.count - 1].last = index
      } else {
        parts.append((index, index, cell))
      }
    }
    guard parts.count > 1 else { return cells[0] }
    return parts.map { part in
      let first = kernels[part.first].series.description
      let last = kernels[part.last].series.description
      return (first == last ? first : "\(first)..\(last)") + " " + part.cell
    }.joined(separator: ", ")
  }
}
