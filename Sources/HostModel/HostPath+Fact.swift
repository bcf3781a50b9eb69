extension HostPath {
  /// The path with a star in place of every name that a host chooses: what entries of one kind
  /// have in common, `/sys/devices/*/numa_node`.
  package var fact: HostPath {
    let devices = "sys/devices/"
    if relative.utf8.starts(with: devices.utf8) {
      // `virtfn0`, `virtfn1`, … are one fact.
      let digits = name.utf8.reversed().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      let stem = name.utf8.dropLast(digits.count)
      return "sys/devices/*" / (String(Substring(stem)) + (digits.isEmpty ? "" : "*"))
    }
    guard relative.utf8.starts(with: "sys/".utf8) else { return factOfProcess }
    // No more than the stars need: a hostile path has thousands of components.
    var parts = relative.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 5).map {
      String(Substring($0))
    }
    func star(_ place: Int, ifBelow prefix: String...) {
      if parts.count > place, parts.starts(with: prefix) { parts[place] = "*" }
    }
    star(5, ifBelow: "sys", "kernel", "iommu_groups")
    if parts.count > 4 { star(3, ifBelow: "sys", "kernel", "iommu_groups") }
    star(4, ifBelow: "sys", "bus")
    // The bus itself is a fact.
    if parts.count > 3 { star(2, ifBelow: "sys", "bus") }
    star(3, ifBelow: "sys", "class")
    star(3, ifBelow: "sys", "dev")
    return .root / parts.joined(separator: "/")
  }

  /// Below `/proc/asound` and `/proc/driver/nvidia/gpus` are names of cards.
  private var factOfProcess: HostPath {
    for (directory, fact) in [
      ("proc/asound/", "proc/asound/*" as HostPath),
      ("proc/driver/nvidia/gpus/", "proc/driver/nvidia/gpus/*"),
    ] where relative.utf8.starts(with: directory.utf8) {
      return relative.utf8.dropFirst(directory.utf8.count).contains(UInt8(ascii: "/"))
        ? fact / String(name) : fact
    }
    return self
  }
}
