import HostModel
import SystemCalls

/// Asks a store and keeps what it would not say: the one place where a refusal becomes a problem.
struct Inquiry<Source: Store> {
  let store: Source
  let facts: NeededFacts
  let readers: Readers
  private(set) var problems: [ReadProblem] = []
  /// What the host was never asked for.
  private(set) var notAsked: Set<HostPath> = []

  init(_ store: Source, needing facts: NeededFacts, by readers: Readers) {
    self.store = store
    self.facts = facts
    self.readers = readers
  }

  /// Keeps a problem, or the fact that was not asked for.
  mutating func note(_ failure: ReadFailure, at path: HostPath) {
    guard failure != .notAsked else {
      notAsked.insert(path.fact)
      return
    }
    problems.append(ReadProblem(path: path, failure: failure))
  }

  /// Adds what another thread kept.
  mutating func add(_ problems: [ReadProblem], notAsked: Set<HostPath>) {
    self.problems += problems
    self.notAsked.formUnion(notAsked)
  }

  mutating func names(in directory: HostPath) -> Reading<[String]> {
    do {
      guard let names = try store.names(in: directory) else { return .absent }
      return .value(names)
    } catch {
      return unread(error, at: directory)
    }
  }

  /// The names in a directory on which all else rests, so that a list that was never asked for is a
  /// problem too.
  mutating func requiredNames(in directory: HostPath) -> Reading<[String]> {
    let names = names(in: directory)
    if case .unread(.notAsked) = names { note(.notCaptured, at: directory) }
    return names
  }

  /// The content without its line end.
  mutating func bytes(_ name: String, in directory: HostPath) -> Reading<[UInt8]> {
    do {
      guard var bytes = try store.attribute(name, in: directory) else { return .absent }
      if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
      return .value(bytes)
    } catch {
      return unread(error, at: directory / name)
    }
  }

  mutating func text(_ name: String, in directory: HostPath) -> Reading<String> {
    parse(name, in: directory) { String(utf8: $0[...]) }
  }

  /// A text that stands for something else.
  mutating func text<Value>(
    _ name: String, in directory: HostPath, _ transform: (String) -> Value
  ) -> Reading<Value> {
    parse(name, in: directory) { String(utf8: $0[...]).map(transform) }
  }

  mutating func number(_ name: String, in directory: HostPath) -> Reading<Int> {
    parse(name, in: directory) { Int(String(decoding: $0, as: UTF8.self)) }
  }

  /// A switch: `Y` or `N` of a module parameter, `1` or `0` of a bus or a device.
  mutating func flag(_ name: String, in directory: HostPath) -> Reading<Bool> {
    parse(name, in: directory) { bytes in
      switch bytes {
      case [UInt8(ascii: "Y")], [UInt8(ascii: "1")]: true
      case [UInt8(ascii: "N")], [UInt8(ascii: "0")]: false
      default: nil
      }
    }
  }

  /// An attribute in its own form; what does not parse is malformed.
  mutating func parse<Value>(
    _ name: String, in directory: HostPath, _ transform: ([UInt8]) -> Value?
  ) -> Reading<Value> {
    switch bytes(name, in: directory) {
    case .value(let bytes):
      if let value = transform(bytes) { return .value(value) }
      return unread(.malformed(Inquiry.shown(bytes)), at: directory / name)
    case .absent: return .absent
    case .unread(let failure): return .unread(failure)
    }
  }

  mutating func excerpt(
    _ excerpt: Excerpt, of name: String, in directory: HostPath
  ) -> Reading<[String]> {
    do {
      guard let lines = try store.excerpt(excerpt, of: name, in: directory) else { return .absent }
      return .value(lines)
    } catch {
      return unread(error, at: directory / name)
    }
  }

  mutating func contains(_ name: String, in directory: HostPath) -> Reading<Bool> {
    do {
      return .value(try store.contains(name, in: directory))
    } catch {
      return unread(error, at: directory / name)
    }
  }

  mutating func link(_ name: String, in directory: HostPath) -> Reading<String> {
    do {
      guard let target = try store.link(name, in: directory) else { return .absent }
      return .value(target)
    } catch {
      return unread(error, at: directory / name)
    }
  }

  /// Where a link leads.
  mutating func target(of name: String, in directory: HostPath) -> Reading<HostPath> {
    switch link(name, in: directory) {
    case .value(let text):
      guard let path = directory.resolving(link: text) else {
        return unread(.leadsOut, at: directory / name)
      }
      return .value(path)
    case .absent: return .absent
    case .unread(let failure): return .unread(failure)
    }
  }

  /// What a link names by its last component: a driver, a group, a bus, a module.
  mutating func targetName<Value>(
    of name: String, in directory: HostPath, _ transform: (String) -> Value?
  ) -> Reading<Value> {
    switch link(name, in: directory) {
    case .value(let text):
      let start = text.utf8.lastIndex(of: UInt8(ascii: "/")).map(text.utf8.index(after:))
      let last = String(text[(start ?? text.startIndex)...])
      if HostPath.isComponent(last), let value = transform(last) { return .value(value) }
      return unread(.malformed(Inquiry.shown(Array(text.utf8))), at: directory / name)
    case .absent: return .absent
    case .unread(let failure): return .unread(failure)
    }
  }

  private mutating func unread<Value>(
    _ failure: ReadFailure, at path: HostPath
  ) -> Reading<Value> {
    note(failure, at: path)
    return .unread(failure)
  }

  /// As much of a malformed text as a message needs.
  static func shown(_ bytes: [UInt8]) -> String {
    let start = PrintableText.escape(bytes: bytes.prefix(64))
    return bytes.count > 64 ? start + "..." : start
  }
}
