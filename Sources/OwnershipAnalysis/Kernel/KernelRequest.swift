package import HostModel

/// Whose rules `--kernel` asks for.
package enum KernelRequest: Sendable, Hashable {
  case version(KernelVersion)
  case design(KernelDesign)

  /// Why a text names no kernel whose rules could be asked for.
  package enum Unusable: Error, Equatable {
    case malformed
    /// VFIO came with Linux 3.6.
    case withoutVFIO(KernelVersion)
  }

  /// Parses `6.12`, `6.12.91`, `7.3-rc4`, a whole release like `6.1.0-18-amd64`, or the name of a
  /// design.
  ///
  /// A host's own release is parsed more leniently, by `KernelVersion(release:)`: it is what it is.
  package init(_ text: String) throws(Unusable) {
    if let design = KernelDesign(rawValue: text) {
      self = .design(design)
      return
    }
    guard KernelRequest.isRelease(text.utf8), let version = KernelVersion(release: text) else {
      throw .malformed
    }
    guard version >= KernelVersion(3, 6) else { throw .withoutVFIO(version) }
    self = .version(version)
  }

  /// Whether it is two to four numbers and at most one suffix, which starts with `-`, `+`, `~` or
  /// `_`: what kernels and distributions write.
  private static func isRelease(_ text: String.UTF8View) -> Bool {
    let numbers = text.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
    let parts = numbers.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard 2...4 ~= parts.count,
      parts.allSatisfy({ UInt16(String(decoding: $0, as: UTF8.self)) != nil })
    else { return false }
    let suffix = text[numbers.endIndex...]
    guard let mark = suffix.first else { return true }
    guard "-+~_".utf8.contains(mark), suffix.count > 1 || mark == UInt8(ascii: "+") else {
      return false
    }
    return suffix.allSatisfy { isDigit($0) || isLetter($0) || "-+~_.".utf8.contains($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  /// The version whose tables apply.
  var version: KernelVersion {
    switch self {
    case .version(let version): version
    case .design(let design): design.base
    }
  }
}

/// A design that was proposed and not merged, which `--kernel` accepts by name.
///
/// What differs from the kernels that were released stands here and nowhere else.
package enum KernelDesign: String, CaseIterable, Sendable {
  /// The proposal of 2017: VFIO's notifier refuses a bind before the probe (NOTIFY_BAD at
  /// BUS_NOTIFY_BIND_DRIVER), and the bind answers EINVAL where regime A crashes. All else is as
  /// in the kernels of regime A.
  case notifierRefusal = "rfc-2017-notify-bad"
  /// The fourth version of the ownership series, end of 2021: the claim stands in the driver core
  /// (dd.c:really_probe) for every bus with a `dma_configure`, drivers opt out by
  /// `suppress_auto_claim_dma_owner`, and a conflict answers EBUSY to binds and claims alike. The
  /// merged series moved the claim into four buses' own `dma_configure` and answers EPERM to a
  /// claim while kernel drivers are bound.
  case driverCoreOwnership = "dma-owner-v4-2021"

  /// The released kernel that the design was written against; all else is as there.
  var base: KernelVersion {
    switch self {
    case .notifierRefusal: KernelVersion(5, 10)
    case .driverCoreOwnership: KernelVersion(5, 15)
    }
  }
}
