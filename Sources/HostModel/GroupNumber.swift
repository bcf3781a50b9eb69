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
    guard let value = UInt32(text), String(value) == text else { return nil }
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
