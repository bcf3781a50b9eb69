import HostModel

extension Inquiry {
  mutating func interfaces() -> Reading<[NetworkInterface]> {
    let directory: HostPath = "sys/class/net"
    let listed = names(in: directory)
    guard let names = listed.value else { return listed.map { _ in [] } }
    let mask = InterfaceMask(names)
    let routes = routes(masking: mask)
    var found: [FoundInterface] = names.compactMap { name in
      guard let path = target(of: name, in: directory).value, isDevice(path) else { return nil }
      return interface(name, at: path)
    }
    Inquiry.stack(&found)
    return .value(
      found.map { found in
        var interface = found.interface
        let name = mask.public(interface.name.text)
        interface.hasDefaultRoute = routes.standard.contains(name)
        interface.hasAddress = routes.all.contains(name)
        return interface
      })
  }

  /// An interface with what says which others it stands on.
  private struct FoundInterface {
    var interface: NetworkInterface
    let master: String?
    let index: Int?
    let lowerIndex: Int?
  }

  private mutating func interface(_ name: String, at path: HostPath) -> FoundInterface {
    let isUp = text("operstate", in: path).value == "up"
    return FoundInterface(
      interface: NetworkInterface(name: EntryName(name), path: path, isUp: isUp),
      master: targetName(of: "master", in: path) { $0 }.value,
      index: number("ifindex", in: path).value, lowerIndex: number("iflink", in: path).value)
  }

  /// A port stands below its master; what is made on top of another names it in `iflink`. An
  /// internal port of Open vSwitch reaches the others through the data path, its master.
  private static func stack(_ found: inout [FoundInterface]) {
    let places = Dictionary(
      found.enumerated().map { ($1.interface.name.text, $0) },
      uniquingKeysWith: { first, _ in first })
    let indices = Dictionary(
      found.enumerated().compactMap { place, found in found.index.map { ($0, place) } },
      uniquingKeysWith: { first, _ in first })
    for place in found.indices {
      let name = found[place].interface.name
      if let master = found[place].master, let above = places[master] {
        found[above].interface.lowers.append(name)
        if master == "ovs-system" {
          found[place].interface.lowers.append(EntryName(master))
        }
      }
      if let index = found[place].lowerIndex, index != found[place].index, index != 0,
        let below = indices[index]
      {
        found[place].interface.lowers.append(found[below].interface.name)
      }
    }
  }

  /// The public names of the interfaces that have any route or address, and of those that have a
  /// default route.
  private mutating func routes(
    masking mask: InterfaceMask
  ) -> (all: Set<EntryName>, standard: Set<EntryName>) {
    let directory: HostPath = "proc/self/net"
    var lines: [String] = []
    for (name, kept) in [
      ("route", Excerpt.routes(mask)), ("ipv6_route", .routes6(mask)),
      ("if_inet6", .addresses6(mask)),
    ] {
      lines += excerpt(kept, of: name, in: directory).value ?? []
    }
    var all: Set<EntryName> = []
    var standard: Set<EntryName> = []
    for line in lines {
      let words = line.split(separator: " ")
      guard words.count == 2 else { continue }
      all.insert(EntryName(String(words[0])))
      if words[1] == Excerpt.standard { standard.insert(EntryName(String(words[0]))) }
    }
    return (all, standard)
  }
}

/// Addresses of routes and interfaces are private, so a line is kept as `eth0 default` or
/// `eth0 address`.
extension Excerpt {
  fileprivate static let standard: Substring = "default"
  private static let other = "address"

  /// `Iface Destination Gateway Flags RefCnt Use Metric Mask …`, numbers in hexadecimal.
  fileprivate static func routes(_ mask: InterfaceMask) -> Excerpt {
    kept(mask, columns: 8, interface: 0) { words in
      guard words[0] != "Iface", isUp(words[3]) else { return nil }
      return isZero(words[1]) && isZero(words[7])
    }
  }

  /// `destination length source length gateway metric references use flags interface`.
  fileprivate static func routes6(_ mask: InterfaceMask) -> Excerpt {
    kept(mask, columns: 10, interface: 9) { words in
      guard isZero(words[0]), words[1] == "00", isUp(words[8]), words[9] != "lo" else { return nil }
      return true
    }
  }

  /// `address index length scope flags interface`; a link has one by itself, scope 20.
  fileprivate static func addresses6(_ mask: InterfaceMask) -> Excerpt {
    kept(mask, columns: 6, interface: 5) { words in words[3] == "00" ? false : nil }
  }

  /// - Parameter isDefault: `nil` for a line that says nothing.
  private static func kept(
    _ mask: InterfaceMask, columns: Int, interface: Int,
    isDefault: @escaping @Sendable ([Substring]) -> Bool?
  ) -> Excerpt {
    Excerpt(limit: 16 << 20) { line in
      let words = line.split { $0 == " " || $0 == "\t" }
      if words.count == 2, words[1] == standard || words[1] == other { return String(line) }
      guard words.count >= columns, let isDefault = isDefault(words) else { return nil }
      let name = mask.public(String(words[interface])).text
      return name + " " + (isDefault ? String(standard) : other)
    }
  }

  private static func isZero(_ word: Substring) -> Bool {
    word.utf8.allSatisfy { $0 == UInt8(ascii: "0") }
  }

  /// RTF_UP is set and RTF_REJECT is not (include/uapi/linux/route.h).
  private static func isUp(_ flags: Substring) -> Bool {
    guard let flags = UInt32(flags, radix: 16) else { return false }
    return flags & 1 != 0 && flags & 0x200 == 0
  }
}

/// Names of interfaces without the hardware address that some are made of: `enx525400123456`.
struct InterfaceMask: Sendable {
  private var publicNames: [EntryName: EntryName] = [:]

  /// - Parameter names: those of all interfaces, sorted.
  init(_ names: [String] = []) {
    var taken = Set(names.map { EntryName($0) })
    for name in names {
      let prefix = name.utf8.dropLast(12)
      guard name.utf8.count > 12,
        name.utf8.dropFirst(prefix.count).allSatisfy(InterfaceMask.isDigit)
      else { continue }
      var number = 0
      var masked = EntryName(String(Substring(prefix)) + "0")
      while !taken.insert(masked).inserted {
        number += 1
        masked = EntryName(String(Substring(prefix)) + String(number))
      }
      publicNames[EntryName(name)] = masked
    }
  }

  var isEmpty: Bool { publicNames.isEmpty }

  func `public`(_ name: String) -> EntryName {
    publicNames.isEmpty ? EntryName(name) : publicNames[EntryName(name)] ?? EntryName(name)
  }

  /// A path, or the target of a link, with each component masked.
  func masked(_ path: String) -> String {
    guard !isEmpty else { return path }
    return path.split(separator: "/", omittingEmptySubsequences: false)
      .map { self.public(String($0)).text }.joined(separator: "/")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
  }
}
