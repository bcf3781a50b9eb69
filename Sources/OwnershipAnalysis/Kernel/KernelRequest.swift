package import HostModel

/// Whose rules `--kernel` asks for.
package enum KernelRequest: Sendable, Hashable {
  case version(KernelVersion)
  case design(KernelDesign)

  /// Parses `6.12.91`, `6.1.0-18-amd64` or the name of a design.
  package init?(_ text: String) {
    if let design = KernelDesign(rawValue: text) {
      self = .design(design)
    } else if let version = KernelVersion(release: text) {
      self = .version(version)
    } else {
      return nil
    }
  }

  /// The version whose tables apply.
  var version: KernelVersion {
    switch self {
    case .version(let version): version
    case .design(let design): design.base
    }
  }
}
