package import HostModel

/// Turns of phrase that several rules use.
package enum Phrase {
  /// How many devices a sentence names before it counts the rest.
  private static let limit = 6

  /// `0000:01:00.1 is bound to snd_hda_intel, 0000:01:00.2 is bound to xhci_hcd`.
  package static func bindings(_ culprits: [Culprit]) -> String {
    listing(culprits.map { "\($0.device) is bound to \($0.driver?.text ?? "an unknown driver")" })
  }

  /// `0000:01:00.1, 0000:01:00.2 and 3 more`.
  package static func devices(_ devices: [DeviceName]) -> String {
    listing(devices.map(\.text))
  }

  /// `operation 4`, `operations 4 and 6`: of a sequence, counted from 1.
  package static func operations(_ numbers: [Int]) -> String {
    let names = numbers.map(String.init)
    guard let last = names.last, names.count > 1 else { return "operation " + names.joined() }
    return "operations " + names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// `nouveau, vfio-pci and 3 more`.
  package static func drivers(_ drivers: [DriverName]) -> String {
    listing(drivers.map(\.text))
  }

  /// `0000:01:00.1 is bound to snd_hda_intel`, `0000:01:00.1 has no driver`.
  package static func binding(_ device: DeviceName, _ driver: DriverName?) -> String {
    "\(device) " + (driver.map { "is bound to \($0)" } ?? "has no driver")
  }

  /// `is` for one, `are` for more.
  static func verb(_ devices: [some Any]) -> String {
    devices.count == 1 ? "is" : "are"
  }

  /// - Parameter limit: how many are named before the rest is counted.
  package static func listing(_ items: [String], limit: Int = limit) -> String {
    guard items.count > limit else { return items.joined(separator: ", ") }
    return items[..<limit].joined(separator: ", ") + " and \(items.count - limit) more"
  }
}
