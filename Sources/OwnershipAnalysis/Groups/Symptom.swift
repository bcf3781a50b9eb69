import HostModel

/// What QEMU prints when the kernel refuses, word for word.
enum Symptom {
  static func notViable(_ group: GroupNumber) -> String {
    "group \(group) is not viable"
  }

  static func setIOMMU(_ group: GroupNumber, _ errno: ErrorNumber) -> String {
    "failed to setup container for group \(group): Failed to set iommu for container: "
      + errno.strerror
  }

  static func directRegion(_ group: GroupNumber, _ refusal: Refusal) -> String {
    guard refusal.call == .setContainer else { return setIOMMU(group, refusal.errno) }
    return "failed to setup container for group \(group): Failed to set group container: "
      + refusal.errno.strerror
  }
}

extension ErrorNumber {
  /// The sentence as libc spells it, with its capital letter.
  fileprivate var strerror: String {
    meaning.prefix(1).uppercased() + meaning.dropFirst()
  }
}
