import HostModel

/// Questions that turn a name which a snapshot must not hold, such as that of a logical volume, into
/// the kernel's own name. Their answers are not kept.
///
/// A class, because it finds out at the first question what the others need too.
package final class PrivateQuestions {
  private let names: (HostPath) -> [String]
  private let text: (String, HostPath) -> String?

  init(
    names: @escaping (HostPath) -> [String] = { _ in [] },
    text: @escaping (String, HostPath) -> String? = { _, _ in nil }
  ) {
    self.names = names
    self.text = text
  }

  /// The kernel's names of the mappings of the device mapper, by their own.
  private lazy var mappings: [EntryName: String] = {
    let directory: HostPath = "sys/devices/virtual/block"
    var mappings: [EntryName: String] = [:]
    for name in names(directory) where name.hasPrefix("dm-") {
      if let own = text("name", directory / name / "dm") { mappings[EntryName(own)] = name }
    }
    return mappings
  }()

  /// The members of each btrfs file system, by the name of each of them.
  private lazy var pools: [EntryName: [String]] = {
    let directory: HostPath = "sys/fs/btrfs"
    var pools: [EntryName: [String]] = [:]
    for pool in names(directory) where pool != "features" {
      let members = names(directory / pool / "devices")
      for member in members { pools[EntryName(member)] = members }
    }
    return pools
  }()

  /// The kernel's name of a mapping of the device mapper, `dm-0`.
  func mapping(named name: Substring) -> String? { mappings[EntryName(String(name))] }

  /// All block devices of the btrfs file system that one of them belongs to.
  func btrfsMembers(with name: String) -> [String] { pools[EntryName(name)] ?? [name] }
}
