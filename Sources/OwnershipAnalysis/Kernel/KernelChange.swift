package import HostModel

/// A row of `KernelHistory`: when a feature came, and where that was read.
package struct KernelChange: Sendable {
  package let feature: KernelFeature
  /// The last version that was read without the feature.
  package let lastWithout: KernelVersion
  /// The first version that was read with it. Its whole series is taken to have it.
  package let firstWith: KernelVersion
  /// Stable levels from which an older series has it too.
  package let backports: [KernelVersion]
  /// Stable levels from which an older series was not read, though others got the backport.
  package let unread: [KernelVersion]
  /// Where the feature went away again: last series with it and first without.
  package let removed: (lastWith: KernelVersion, firstWithout: KernelVersion)?
  /// Section of the kernel's rules, and the function that shows it.
  package let source: String

  package init(
    _ feature: KernelFeature, without lastWithout: KernelVersion, with firstWith: KernelVersion,
    backports: [KernelVersion] = [], unread: [KernelVersion] = [],
    removed: (lastWith: KernelVersion, firstWithout: KernelVersion)? = nil, source: String
  ) {
    self.feature = feature
    self.lastWithout = lastWithout
    self.firstWith = firstWith
    self.backports = backports
    self.unread = unread
    self.removed = removed
    self.source = source
  }

  /// Whether `version` has the feature.
  ///
  /// A stable series keeps what its first release does, except where a row names a backport.
  package func presence(in version: KernelVersion) -> Presence {
    if let removed, version.series > removed.lastWith.series {
      return version.series >= removed.firstWithout.series ? .no : .unread
    }
    if version.series >= firstWith.series { return .yes }
    if backports.contains(where: { $0.series == version.series && $0 <= version }) { return .yes }
    if unread.contains(where: { $0.series == version.series && $0 <= version }) { return .unread }
    if backports.contains(where: { $0.series == version.series }) { return .no }
    return version.series <= lastWithout.series ? .no : .unread
  }
}
