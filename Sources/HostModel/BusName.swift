/// The name of a bus: its directory's name under `/sys/bus`.
package struct BusName: Hashable, Sendable {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }
}

extension BusName: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(value) }
}

extension BusName: Comparable {
  package static func < (left: BusName, right: BusName) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

extension BusName: CustomStringConvertible {
  package var description: String { text }
}

extension BusName {
  package static let pci: BusName = "pci"
  package static let platform: BusName = "platform"
  package static let amba: BusName = "amba"
  package static let fslMC: BusName = "fsl-mc"
  package static let cdx: BusName = "cdx"
  package static let mdev: BusName = "mdev"
}
