import HostModel

/// The ACPI table IORT, as far as it says which kinds of nodes it has.
///
/// Arm machines have the table for their interrupt controller too, so that the table alone says
/// nothing of an IOMMU (Arm DEN 0049E, §3).
enum InterconnectTable {
  /// `nodes N`: how many nodes the table has.
  private static let countKey = "nodes "
  /// `node N`: the table has a node of this type.
  private static let typeKey = "node "
  /// In place of all lines: it is not such a table.
  private static let malformed = ["malformed"]

  /// SMMUv1 or v2, and SMMUv3.
  private static let linesOfSMMU: Set<String> = ["node 3", "node 4"]

  /// The number of the table's nodes and their types, in order; of the text that a snapshot has in
  /// its place, the same lines.
  static let excerpt = Excerpt(limit: 1 << 20) { bytes in
    guard bytes.starts(with: "IORT".utf8) else {
      let lines = bytes.split(separator: UInt8(ascii: "\n")).map {
        String(decoding: $0, as: UTF8.self)
      }
      return isExcerpt(lines) ? lines : malformed
    }
    guard let types = nodeTypes(in: bytes) else { return malformed }
    return ["\(countKey)\(types.count)"] + Set(types).sorted().map { "\(typeKey)\($0)" }
  }

  /// Whether an SMMU is among the nodes; `nil` for what is not such a table.
  static func hasSMMU(_ lines: [String]) -> Bool? {
    guard isExcerpt(lines) else { return nil }
    return lines.contains(where: linesOfSMMU.contains)
  }

  private static func isExcerpt(_ lines: [String]) -> Bool {
    guard let first = lines.first, number(in: first, after: countKey) != nil else { return false }
    return lines.dropFirst().allSatisfy { number(in: $0, after: typeKey) != nil }
  }

  private static func number(in line: String, after key: String) -> UInt32? {
    line.hasPrefix(key) ? UInt32(line.dropFirst(key.utf8.count)) : nil
  }

  /// The types of all nodes; `nil` where a length or an offset leads out of the table.
  private static func nodeTypes(in bytes: ArraySlice<UInt8>) -> [UInt8]? {
    let table = LittleEndian(bytes)
    guard let length = table.number(at: 4, bytes: 4), length <= bytes.count,
      let count = table.number(at: 36, bytes: 4), let first = table.number(at: 40, bytes: 4)
    else { return nil }
    var types: [UInt8] = []
    var start = first
    for _ in 0..<count {
      // Type, length, revision, identifier, and the two fields of id mappings.
      guard let type = table.number(at: start, bytes: 1),
        let size = table.number(at: start + 1, bytes: 2), size >= 16, start + size <= length
      else { return nil }
      types.append(UInt8(type))
      start += size
    }
    return types
  }
}

/// Numbers in bytes, the lowest byte first.
private struct LittleEndian {
  private let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
  }

  /// `nil` where it does not lie within the bytes; at most four bytes, so that it is a plain number.
  func number(at offset: Int, bytes count: Int) -> Int? {
    guard offset >= 0, offset <= bytes.count - count else { return nil }
    let start = bytes.startIndex + offset
    return bytes[start..<(start + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
