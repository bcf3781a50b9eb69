package import HostModel

/// Something that only one of the hosts would not say.
package struct ProblemComparison: Sendable {
  package let problem: ReadProblem
  /// The host that would not say it.
  package let side: Side
  /// Whether the other host was asked the same; it was not where only one of them has the device.
  package let hidesChange: Bool

  package enum Side: String, Sendable {
    case old
    case new
  }
}

extension ProblemComparison {
  /// By side, then path.
  static func all(
    _ old: ObservedHost, _ new: ObservedHost, by devices: DeviceMatching, _ groups: GroupMatching
  ) -> [ProblemComparison] {
    let paths = PathTranslation(devices: devices, groups: groups)
    let oldProblems = old.problems.map { ($0, paths.onNewHost($0.path)) }
    let before = Set(
      oldProblems.compactMap { problem, path in
        path.map { ReadProblem(path: $0, failure: problem.failure) }
      })
    let after = Set(new.problems)
    let gone = oldProblems.compactMap { problem, path -> ProblemComparison? in
      let moved = path.map { ReadProblem(path: $0, failure: problem.failure) }
      guard moved.map({ !after.contains($0) }) ?? true else { return nil }
      return ProblemComparison(problem: problem, side: .old, hidesChange: path != nil)
    }
    let come = new.problems.filter { !before.contains($0) }.map {
      ProblemComparison(problem: $0, side: .new, hidesChange: paths.isOnOldHost($0.path))
    }
    return gone + come
  }
}

/// Paths of one host in the numbers of the other.
private struct PathTranslation {
  let devices: DeviceMatching
  let groups: GroupMatching

  private static let groupsDirectory: HostPath = "sys/kernel/iommu_groups"

  /// `nil` for what belongs to a device or group that is gone.
  func onNewHost(_ path: HostPath) -> HostPath? {
    if let (number, rest) = PathTranslation.group(in: path) {
      return groups.pairs[number].map {
        PathTranslation.groupsDirectory.appending(([$0.description] + rest).joined(separator: "/"))
      }
    }
    guard let (device, rest) = device(in: path, { devices.identity(ofOld: $0) != nil }) else {
      return path
    }
    return devices.counterpart(ofOld: device).map {
      rest.isEmpty ? $0.path : $0.path.appending(rest.joined(separator: "/"))
    }
  }

  func isOnOldHost(_ path: HostPath) -> Bool {
    if let (number, _) = PathTranslation.group(in: path) { return groups.oldOfNew[number] != nil }
    guard let (device, _) = device(in: path, { devices.identity(ofNew: $0) != nil }) else {
      return true
    }
    return devices.counterpart(ofNew: device) != nil
  }

  private static func group(in path: HostPath) -> (GroupNumber, rest: [String])? {
    let parts = path.components
    let prefix = groupsDirectory.components
    guard parts.count > prefix.count, Array(parts.prefix(prefix.count)) == prefix,
      let number = GroupNumber(parts[prefix.count])
    else { return nil }
    return (number, parts.dropFirst(prefix.count + 1).map(String.init))
  }

  /// The innermost device whose directory holds the path.
  private func device(
    in path: HostPath, _ isDevice: (HostPath) -> Bool
  ) -> (HostPath, rest: [String])? {
    var rest: [String] = []
    var next: HostPath? = path
    while let candidate = next, candidate != .root {
      if isDevice(candidate) { return (candidate, rest.reversed()) }
      rest.append(String(candidate.name))
      next = candidate.parent
    }
    return nil
  }
}
