import HostModel

extension Inquiry {
  /// - Parameters:
  ///   - hasGroups: then nothing has to show why there is none.
  ///   - hasIOMMUFD: then devices can have nodes, which the configuration decides.
  mutating func kernel(hasGroups: Bool, hasIOMMUFD: Bool) -> Kernel {
    let release = text("osrelease", in: "proc/sys/kernel")
    return Kernel(
      release: release, build: build(),
      signature: text("version_signature", in: "proc"),
      commandLine: excerpt(.commandLine, of: "cmdline", in: "proc").map { lines in
        KernelCommandLine(lines.joined(separator: " "))
      },
      symbols: symbols(release: release),
      options: hasGroups && !(hasIOMMUFD && facts.kernelConfiguration)
        ? .unread(.notNeeded) : options(release: release))
  }

  /// What `uname -v` says of the version; when and by whom it was built is private.
  private mutating func build() -> Reading<String> {
    excerpt(.build, of: "version", in: "proc/sys/kernel").map { $0.first ?? "" }
  }

  /// The symbols of `/proc/kallsyms`, for kernels whose number does not settle the regime: a
  /// vendor's 5.14 can have what upstream got in 5.19 (kernel-rules §1.1).
  private mutating func symbols(release: Reading<String>) -> Reading<Set<KernelSymbol>> {
    let version = release.value.flatMap { KernelVersion(release: $0) }
    if let version, version >= KernelVersion(5, 19) { return .unread(.notNeeded) }
    return excerpt(.kernelSymbols, of: "kallsyms", in: "proc").map { lines in
      Set(lines.compactMap { Excerpt.symbol(inLine: $0[...])?.symbol })
    }
  }

  /// The kernel's configuration: why a host has no groups, and whether devices have nodes.
  private mutating func options(release: Reading<String>) -> Reading<[KernelOption: String]> {
    guard let release = release.value, HostPath.isComponent(release) else {
      return release.isAbsent ? .absent : .unread(release.failure ?? .malformed(""))
    }
    let places: [(name: String, directory: HostPath)] = [
      ("config-\(release)", "boot"),
      ("config", "usr/lib/modules" / release),
    ]
    var answer = Reading<[KernelOption: String]>.absent
    for place in places where answer.value == nil {
      let found = excerpt(.kernelOptions, of: place.name, in: place.directory).map(Excerpt.options)
      if !found.isAbsent { answer = found }
    }
    return answer
  }
}

extension Excerpt {
  /// The words that a verdict can rest on; the rest names disks and hosts.
  fileprivate static let commandLine = Excerpt(limit: 64 << 10) { line in
    KernelCommandLine(String(line)).text
  }

  /// `Debian 6.1.140-1` of `#1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1 (2025-05-22)`.
  fileprivate static let build = Excerpt(limit: 4 << 10) { line in
    let words = line.split(separator: " ").drop { $0 != "Debian" }.prefix(2)
    return words.count == 2 ? words.joined(separator: " ") : nil
  }

  /// `T name`: the address, which only root may see, is of no use.
  fileprivate static let kernelSymbols = Excerpt(limit: 64 << 20) { line in
    symbol(inLine: line).map { "\($0.type) \($0.symbol.rawValue)" }
  }

  /// `CONFIG_X=y`; an option that is not set has no line.
  fileprivate static let kernelOptions = Excerpt(limit: 4 << 20) { line in
    option(inLine: line).map { "\($0.option.rawValue)=\($0.value)" }
  }

  /// Reads `ffffffff81a0b0c0 T name [module]`, with or without its first and last word.
  fileprivate static func symbol(
    inLine line: Substring
  ) -> (type: Substring, symbol: KernelSymbol)? {
    // Two in a hundred thousand lines matter: look for what their names have before splitting.
    guard line.utf8.contains(UInt8(ascii: "_")) else { return nil }
    let words = line.split { $0 == " " || $0 == "\t" }
    for (type, name) in zip(words, words.dropFirst()) where type.utf8.count == 1 {
      if let symbol = KernelSymbol(rawValue: String(name)) { return (type, symbol) }
    }
    return nil
  }

  fileprivate static func option(
    inLine line: Substring
  ) -> (option: KernelOption, value: Substring)? {
    guard let equals = line.firstIndex(of: "="),
      let option = KernelOption(rawValue: String(line[..<equals]))
    else { return nil }
    return (option, line[line.index(after: equals)...])
  }

  fileprivate static func options(inLines lines: [String]) -> [KernelOption: String] {
    var options: [KernelOption: String] = [:]
    for line in lines {
      if let found = option(inLine: line[...]) { options[found.option] = String(found.value) }
    }
    return options
  }
}
