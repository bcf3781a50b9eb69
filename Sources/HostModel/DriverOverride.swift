/// The text of `driver_override`: the only driver that may bind the device.
package enum DriverOverride: Sendable, Hashable {
  /// The kernel shows `(null)`.
  case unset
  /// Compared with driver names byte by byte; no such driver need exist.
  case driver(DriverName)

  /// Reads the attribute's text, without its line end.
  package init(text: String) {
    self = text == "(null)" || text.isEmpty ? .unset : .driver(DriverName(text))
  }

  package var driver: DriverName? {
    if case .driver(let name) = self { name } else { nil }
  }
}
