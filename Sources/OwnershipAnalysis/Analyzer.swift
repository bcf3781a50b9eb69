package import HostModel

/// Judges a host. Pure: the same snapshot and kernel give the same audit.
package enum Analyzer {
  /// - Parameter requestedKernel: rules of another kernel than the host's own (`--kernel`).
  package static func audit(_ host: HostSnapshot, requestedKernel: KernelVersion? = nil) -> Audit {
    fatalError("written next")
  }
}
