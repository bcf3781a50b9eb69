import HostModel

extension Inquiry {
  /// - Parameter isIsolated: whether an IOMMU made any of the groups, and not VFIO.
  mutating func firmware(hasGroups: Bool, isIsolated: Bool) -> Firmware {
    let describesSMMU = isIsolated ? .unread(.notNeeded) : describesSMMU()
    let tables = iommuTables(describesSMMU)
    guard !hasGroups else {
      return Firmware(
        iommuTables: tables, describesSMMU: describesSMMU, processor: .unread(.notNeeded),
        isVirtualMachine: .unread(.notNeeded))
    }
    let lines = excerpt(.processor, of: "cpuinfo", in: "proc")
    return Firmware(
      iommuTables: tables, describesSMMU: describesSMMU, processor: Inquiry.processor(lines),
      isVirtualMachine: Inquiry.isVirtualMachine(lines))
  }

  private static var tablesDirectory: HostPath { "sys/firmware/acpi/tables" }

  /// Only root may read a table.
  private mutating func describesSMMU() -> Reading<Bool> {
    let name = Firmware.IOMMUTable.iort.rawValue
    let lines = excerpt(InterconnectTable.excerpt, of: name, in: Inquiry.tablesDirectory)
    guard let found = lines.value else { return lines.map { _ in false } }
    guard let hasSMMU = InterconnectTable.hasSMMU(found) else {
      let failure = ReadFailure.malformed("not an IORT table")
      note(failure, at: Inquiry.tablesDirectory / name)
      return .unread(failure)
    }
    return .value(hasSMMU)
  }

  /// That a table exists is everybody's to see.
  private mutating func iommuTables(
    _ describesSMMU: Reading<Bool>
  ) -> Reading<Set<Firmware.IOMMUTable>> {
    var tables: Set<Firmware.IOMMUTable> = []
    for table in Firmware.IOMMUTable.allCases {
      switch table == .iort ? existence(describesSMMU) : contains(table) {
      case .value(true): tables.insert(table)
      case .value(false), .absent: break
      case .unread(let failure): return .unread(failure)
      }
    }
    // Without ACPI there is no such directory, and nothing shows what the firmware describes.
    guard tables.isEmpty else { return .value(tables) }
    switch contains("tables", in: "sys/firmware/acpi") {
    case .value(true): return .value([])
    case .value(false), .absent: return .absent
    case .unread(let failure): return .unread(failure)
    }
  }

  private mutating func contains(_ table: Firmware.IOMMUTable) -> Reading<Bool> {
    contains(table.rawValue, in: Inquiry.tablesDirectory)
  }

  /// Whether the table is there that was read before: to be refused, it must be.
  private mutating func existence(_ describesSMMU: Reading<Bool>) -> Reading<Bool> {
    switch describesSMMU {
    case .value, .unread(.refused), .unread(.malformed), .unread(.unexpectedKind): .value(true)
    case .absent: .value(false)
    case .unread: contains(.iort)
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

  /// The first processor's vendor, and of its flags the one that marks a virtual machine.
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
