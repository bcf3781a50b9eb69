/// How a PCI function can be reset.
package struct ResetSupport: Sendable, Hashable {
  /// The words of `reset_method` (from 5.15): `flr`, `bus`, … Empty when only `reset` is known.
  package let methods: [String]

  package init(methods: [String]) {
    self.methods = methods
  }
}
