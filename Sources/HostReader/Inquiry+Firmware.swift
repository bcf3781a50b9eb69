import HostModel

extension Inquiry {
  mutating func firmware(hasGroups: Bool) -> Firmware {
    let tables = iommuTables()
    guard !hasGroups else {
      return Firmware(
        iommuTables: tables, processor: .unread(.notNeeded), isVirtualMachine: .unread(.notNeeded))
    }
    let lines = excerpt(.processor, of: "cpuinfo", in: "proc")
    return Firmware(
      iommuTables: tables, processor: Inquiry.processor(lines),
      isVirtualMachine: Inquiry.isVirtualMachine(lines))
  }

  /// The tables themselves are root's; that they exist is everybody's.
  private mutating func iommuTables() -> Reading<Set<Firmware.IOMMUTable>> {
    let directory: HostPath = "sys/firmware/acpi/tables"
    var tables: Set<Firmware.IOMMUTable> = []
    for table in Firmware.IOMMUTable.allCases {
      switch contains(table.rawValue, in: directory) {
      case .value(true): tables.insert(table)
      case .value(false), .absent: break
      case .unread(let failure): return .unread(failure)
      }
    }
    // Without ACPI there is no such directory, and nobody says what the firmware describes.
    guard tables.isEmpty else { return .value(tables) }
    switch contains("tables", in: "sys/firmware/acpi") {
    case .value(true): return .value([])
    case .value(false), .absent: return .absent
    case .unread(let failure): return .unread(failure)
    }
  }

  private static func processor(_ lines: Reading<[String]>) -> Reading<Firmware.ProcessorVendor> {
    guard let lines = lines.value else { return lines.map { _ in .other("") } }
    guard let line = lines.first(where: { $0.hasPrefix(Excerpt.vendorKey) }) else {
      return .absent
    }
    switch line.dropFirst(Excerpt.vendorKey.count) {
    case "GenuineIntel": return .value(.intel)
    case "AuthenticAMD", "HygonGenuine": return .value(.amd)
    case let other: return .value(.other(String(other)))
    }
  }

  private static func isVirtualMachine(_ lines: Reading<[String]>) -> Reading<Bool> {
    guard let lines = lines.value else { return lines.map { _ in false } }
    guard let line = lines.first(where: { $0.hasPrefix(Excerpt.flagsKey) }) else { return .absent }
    return .value(line.hasSuffix(Excerpt.hypervisorFlag))
  }
}

extension Excerpt {
  fileprivate static let vendorKey = "vendor_id : "
  fileprivate static let flagsKey = "flags :"
  fileprivate static let hypervisorFlag = " hypervisor"

  /// The first processor's vendor, and of its flags the one that tells a virtual machine.
  fileprivate static let processor = Excerpt(limit: 8 << 10) { line in
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let value = line[line.index(after: colon)...].drop { $0 == " " }
    switch line[..<colon].prefix(while: { $0 != " " && $0 != "\t" }) {
    case "vendor_id": return vendorKey + value
    case "flags":
      let isVirtual = value.split(separator: " ").contains(hypervisorFlag.dropFirst())
      return isVirtual ? flagsKey + hypervisorFlag : flagsKey
    default: return nil
    }
  }
}
