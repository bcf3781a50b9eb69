import HostModel

extension Inquiry {
  /// The static ids of the drivers, as far as a PCI function of the host matches them.
  ///
  /// `modules.alias` has those of loadable modules, `modules.builtin.modinfo` (from 5.2) those of
  /// built-in ones. One without the other is half an answer: a driver that is not in it would be
  /// taken for one that matches nothing.
  mutating func moduleAliases(
    release: Reading<String>, matching devices: [Device]
  ) -> Reading<[ModuleAlias]> {
    guard let release = release.value, HostPath.isComponent(release) else {
      return release.isAbsent ? .absent : .unread(release.failure ?? .malformed(""))
    }
    let present = PresentIdentities(of: devices)
    for directory in ["usr/lib/modules" / release, "lib/modules" / release] as [HostPath] {
      let loadable = lines(.loadableAliases(of: present), of: "modules.alias", in: directory)
      if loadable.isAbsent { continue }
      let builtIn = lines(
        .builtInAliases(of: present), of: "modules.builtin.modinfo", in: directory)
      guard let first = loadable.value, let second = builtIn.value else {
        return (loadable.value == nil ? loadable : builtIn).map { _ in [] }
      }
      return .value(
        first.compactMap { present.alias(inLine: $0[...]) }
          + second.compactMap { present.alias(inRecord: $0[...]) })
    }
    return .absent
  }

  /// The kept lines; where `/lib` is a link, which is never followed, nothing is there.
  private mutating func lines(
    _ kept: Excerpt, of name: String, in directory: HostPath
  ) -> Reading<[String]> {
    guard directory.relative.utf8.starts(with: "lib/".utf8) else {
      return excerpt(kept, of: name, in: directory)
    }
    do throws(ReadFailure) {
      return try store.excerpt(kept, of: name, in: directory).map(Reading.value) ?? .absent
    } catch .unexpectedKind {
      return .absent
    } catch {
      note(error, at: directory / name)
      return .unread(error)
    }
  }
}

extension Excerpt {
  fileprivate static func loadableAliases(of present: PresentIdentities) -> Excerpt {
    Excerpt(limit: 64 << 20, isCandidate: present.mayMatch) { line in
      present.alias(inLine: line) == nil ? nil : String(line)
    }
  }

  fileprivate static func builtInAliases(of present: PresentIdentities) -> Excerpt {
    Excerpt(limit: 64 << 20, separator: .zeroByte) { record in
      present.alias(inRecord: record) == nil ? nil : String(record)
    }
  }
}

extension PresentIdentities {
  private static let keyword = "alias "
  private static let key = ".alias"

  /// `alias pci:v00008086d000010D3sv*sd*bc*sc*i* e1000e`.
  fileprivate func alias(inLine line: Substring) -> ModuleAlias? {
    guard line.utf8.starts(with: PresentIdentities.keyword.utf8) else { return nil }
    let rest = line.dropFirst(PresentIdentities.keyword.count)
    guard let blank = rest.utf8.firstIndex(of: UInt8(ascii: " ")) else { return nil }
    return alias(rest[..<blank], of: rest[rest.utf8.index(after: blank)...])
  }

  /// `e1000e.alias=pci:v00008086d000010D3sv*sd*bc*sc*i*`.
  fileprivate func alias(inRecord record: Substring) -> ModuleAlias? {
    guard let equals = record.utf8.firstIndex(of: UInt8(ascii: "=")),
      record[..<equals].hasSuffix(PresentIdentities.key)
    else { return nil }
    let module = record[..<equals].dropLast(PresentIdentities.key.count)
    return alias(record[record.utf8.index(after: equals)...], of: module)
  }
}
