/// One directory of `/sys/kernel/iommu_groups`: what the hardware can isolate from the rest.
package struct IOMMUGroup: Sendable, Equatable {
  package let number: GroupNumber
  /// `/sys/kernel/iommu_groups/N`.
  package let path: HostPath
  /// `type`: the type of the *default* domain; it never shows a claim.
  package var type: Reading<DomainType>
  /// `name`, set only for groups that VFIO made up.
  package var name: Reading<String>
  /// `reserved_regions`.
  package var reservedRegions: Reading<[ReservedRegion]>
  /// The devices of `devices/`, by link target, each once, in the order of `DeviceName`.
  package var members: [GroupMember]
  /// Entries of `devices/` that are there and lead to no device that could be read.
  package var unreadMembers: [UnreadMember]
  /// Why `devices/` could not be listed; the members that their own links name are then not all.
  package var memberListFailure: ReadFailure?

  package init(
    number: GroupNumber, path: HostPath, type: Reading<DomainType>, name: Reading<String>,
    reservedRegions: Reading<[ReservedRegion]>, members: [GroupMember],
    unreadMembers: [UnreadMember] = [], memberListFailure: ReadFailure? = nil
  ) {
    self.number = number
    self.path = path
    self.type = type
    self.name = name
    self.reservedRegions = reservedRegions
    self.members = members
    self.unreadMembers = unreadMembers
    self.memberListFailure = memberListFailure
  }

  /// Whether every entry of `devices/` is among the members.
  package var isWhollyListed: Bool { unreadMembers.isEmpty && memberListFailure == nil }

  /// Whether VFIO made the group up, for a device without isolation or an emulated one.
  ///
  /// Both kinds are named `vfio-noiommu`; the node's name differs (kernel-rules §10.1).
  package var isMadeUp: Bool { name.value == "vfio-noiommu" }
}

/// The number of an IOMMU group: its directory's name under `/sys/kernel/iommu_groups`.
///
/// Numbers have gaps and are not stable from one boot to the next.
package struct GroupNumber: Hashable, Sendable {
  package let value: UInt32

  package init(_ value: UInt32) {
    self.value = value
  }

  /// Parses a directory name: decimal digits without sign or leading zero.
  package init?(_ text: some StringProtocol) {
    self.init(String(text))
  }

  /// Of a String and not of any text, which is compiled for each kind of text in this module only.
  package init?(_ text: String) {
    let digits = text.utf8Span.span
    guard 1...10 ~= digits.count, digits.count == 1 || digits[0] != UInt8(ascii: "0") else {
      return nil
    }
    var value: UInt64 = 0
    for index in digits.indices {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= digits[index] else { return nil }
      value = value * 10 + UInt64(digits[index] - UInt8(ascii: "0"))
    }
    guard let value = UInt32(exactly: value) else { return nil }
    self.value = value
  }
}

extension GroupNumber: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: UInt32) { self.init(value) }
}

extension GroupNumber: Comparable {
  package static func < (left: GroupNumber, right: GroupNumber) -> Bool {
    left.value < right.value
  }
}

extension GroupNumber: CustomStringConvertible {
  package var description: String { String(value) }
}

/// One link in a group's `devices` directory.
package struct GroupMember: Sendable, Hashable {
  /// The link's name. It can carry a suffix (`.0`) when names of two buses collide.
  package let linkName: EntryName
  /// Where the link leads: the device.
  package let device: HostPath

  package init(linkName: EntryName, device: HostPath) {
    self.linkName = linkName
    self.device = device
  }
}

/// An entry of a group's `devices` directory that does not show its device.
package struct UnreadMember: Sendable, Hashable {
  package let linkName: EntryName
  package let failure: ReadFailure

  package init(linkName: EntryName, failure: ReadFailure) {
    self.linkName = linkName
    self.failure = failure
  }

  /// Whether the link can be that of this device: its name can carry a suffix (kernel-rules §8.1).
  package func canLead(to device: DeviceName) -> Bool {
    let name = linkName.text.utf8
    guard name.starts(with: device.text.utf8) else { return false }
    let suffix = name.dropFirst(device.text.utf8.count)
    return suffix.isEmpty
      || (suffix.first == UInt8(ascii: ".") && suffix.count > 1
        && suffix.dropFirst().allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
  }
}

/// The word in a group's `type`: the type of its default domain (kernel-rules §8.1).
package enum DomainType: Sendable, Hashable {
  case dma
  case dmaFlushQueue
  case identity
  case blocked
  case unmanaged
  /// The kernel's own word for "no default domain".
  case unknown
  /// A word that no kernel read so far writes.
  case other(String)

  package init(word: String) {
    self =
      switch word {
      case "DMA": .dma
      case "DMA-FQ": .dmaFlushQueue
      case "identity": .identity
      case "blocked": .blocked
      case "unmanaged": .unmanaged
      case "unknown": .unknown
      default: .other(word)
      }
  }

  package var word: String {
    switch self {
    case .dma: "DMA"
    case .dmaFlushQueue: "DMA-FQ"
    case .identity: "identity"
    case .blocked: "blocked"
    case .unmanaged: "unmanaged"
    case .unknown: "unknown"
    case .other(let word): word
    }
  }
}
