import TestSupport
import Testing

/// The JSON page documents every key that is written, and no other; and the type of each.
@Suite struct ManualKeyTests {
  private static let hosts = Fixture.hosts + Fixture.rules

  @Test func auditKeysAreDocumented() async throws {
    var written = KeyTypes()
    for host in ManualKeyTests.hosts {
      let arguments = ["audit", "--json", "--sysroot", host.path]
      written.add(json: try await Sample.run(arguments).output)
    }
    // No fixture withholds an answer.
    let silent = "vfio-preflight-snapshot 1\n/sys/kernel/iommu_groups ! EACCES\nend\n"
    written.add(json: try await Sample.run(["audit", "--json", "-s", "-"], input: silent).output)
    check(written, against: "vfio-preflight/audit/1")
  }

  @Test func fleetKeysAreDocumented() async throws {
    let sources = ManualKeyTests.hosts.map(\.path) + [Fixture.directory + "/nowhere"]
    let arguments = ["audit", "--json"] + sources.flatMap { ["--sysroot", $0] }
    var written = KeyTypes()
    for line in try await Sample.run(arguments).output.split(separator: "\n") {
      written.add(json: KeyTypes.indented(line))
    }
    check(written, against: "vfio-preflight/fleet/1")
  }

  @Test func listKeysAreDocumented() async throws {
    let columns = try await Sample.run(["list", "--list-columns", "-n"]).output
      .split(separator: "\n").compactMap { $0.split(separator: " ").first }.joined(separator: ",")
    var written = KeyTypes()
    for host in ManualKeyTests.hosts {
      let arguments = ["list", "--json", "--output", columns, "--sysroot", host.path]
      written.add(json: try await Sample.run(arguments).output)
    }
    check(written, against: "vfio-preflight/list/1")
  }

  @Test func candidateKeysAreDocumented() async throws {
    var written = KeyTypes()
    for path in [
      Fixture.directory + "/use/host-root-disk.firing.snapshot",
      Fixture.host("laptop-thunderbolt-and-usb-in-one-group").path,
      Fixture.host("server-462-groups").path, Fixture.tree("no-iommu-virtual-machine").path,
    ] {
      written.add(json: try await Sample.run(["candidates", "--json", "--sysroot", path]).output)
    }
    check(written, against: "vfio-preflight/candidates/1")
  }

  @Test func checkKeysAreDocumented() async throws {
    var written = KeyTypes()
    for device in ["01:00.0", "01:00.1", "00:01.0", "00:1f.6"] {
      written.add(json: try await onExample("check", "--json", device))
    }
    check(written, against: "vfio-preflight/check/1")
  }

  @Test func predictKeysAreDocumented() async throws {
    var written = KeyTypes()
    let rebound = ["unbind 01:00.1", "bind 01:00.1 snd_hda_intel", "unbind 01:00.1"]
    for operations in [["open 01:00.0"], ["modprobe nvme"], ["unbind 00:1f.6"], rebound] {
      written.add(json: try await onExample(["predict", "--json"] + operations))
    }
    check(written, against: "vfio-preflight/predict/1")
  }

  private func onExample(_ arguments: String...) async throws -> String {
    try await onExample(arguments)
  }

  private func onExample(_ arguments: [String]) async throws -> String {
    try await Sample.run(arguments + ["--sysroot", Fixture.tree("example").path]).output
  }

  @Test func diffKeysAreDocumented() async throws {
    var written = KeyTypes()
    let unread = "vfio-preflight-snapshot 1\n/sys/kernel/iommu_groups ! EACCES\nend\n"
    for scenario in DiffScenario.all {
      let hosts = ["old", "new"].map { Fixture.directory + "/diffs/\(scenario)/\($0).snapshot" }
      for pair in [hosts, hosts.reversed(), ["-", hosts[0]], [hosts[0], "-"]] {
        // A program that does not read its input closes it, and the write would end the tests.
        let input = pair.contains("-") ? unread : ""
        written.add(json: try await Sample.run(["diff", "--json"] + pair, input: input).output)
      }
    }
    check(written, against: "vfio-preflight/diff/1")
  }

  @Test func messageKeysAreDocumented() async throws {
    var written = KeyTypes()
    for place in [
      "01:00.0: group 0", "01:00.0: group 1 is not viable", "01:00.0 is not viable",
      "the group was not viable today",
    ] {
      written.add(json: try await onExample("explain", "--json", "--message", place))
    }
    check(written, against: "vfio-preflight/message/1")
  }

  @Test func explainKeysAreDocumented() async throws {
    var written = KeyTypes()
    written.add(json: try await Sample.run(["explain", "--json"]).output)
    check(written, against: "vfio-preflight/explain/1")
  }

  private func check(_ written: KeyTypes, against schema: String) {
    let documented = KeyTypes(manual: ManualDocument.json.section(schema))
    let keys = (written: Set(written.types.keys), documented: Set(documented.types.keys))
    #expect(!keys.written.isEmpty)
    #expect(keys.written.subtracting(keys.documented).sorted() == [], "not documented")
    #expect(keys.documented.subtracting(keys.written).sorted() == [], "never written")
    for (key, types) in written.types {
      let others = types.subtracting(documented.types[key] ?? types)
      #expect(others == [], "\(key) has a type that is not documented")
    }
  }
}

/// Keys by path, `groups[].members[].driver`, and the types of their values.
private struct KeyTypes {
  private(set) var types: [String: Set<String>] = [:]

  init() {}

  /// Reads `.It Va groups[].name Pq string or null`.
  init(manual lines: [String]) {
    for line in lines where line.hasPrefix(".It Va ") {
      let words = line.split(separator: " ").map(String.init)
      types[words[2], default: []].formUnion(words.dropFirst(4).filter { $0 != "or" })
    }
  }

  /// Adds the keys of a document in the program's own layout: two blanks a level, a key a line.
  mutating func add(json: String) {
    // The path of what stands at each level.
    var prefixes = [""]
    for line in json.split(separator: "\n") {
      let text = line.drop { $0 == " " }
      let level = (line.count - text.count) / 2
      prefixes = Array(prefixes.prefix(level + 1))
      guard let prefix = prefixes.last, let opening = text.first else { continue }
      if opening == "{" { prefixes.append(prefix) }
      guard opening == "\"", let end = text.dropFirst().firstIndex(of: "\""),
        text[end...].hasPrefix("\": ")
      else { continue }
      let key = text[..<end].dropFirst()
      let path = prefix.isEmpty ? String(key) : "\(prefix).\(key)"
      let value = text[end...].dropFirst(3)
      types[path, default: []].insert(KeyTypes.type(of: value))
      prefixes.append(value.hasPrefix("[") ? path + "[]" : path)
    }
  }

  /// A document of one line in the layout of the others.
  static func indented(_ line: Substring) -> String {
    var text = ""
    var level = 0
    var isQuoted = false
    var isEscaped = false
    func breakLine() { text += "\n" + String(repeating: "  ", count: level) }
    for character in line {
      if character == "\"", !isEscaped { isQuoted.toggle() }
      isEscaped = character == "\\" && !isEscaped
      switch character {
      case "{" where !isQuoted, "[" where !isQuoted:
        text.append(character)
        level += 1
        breakLine()
      case "}" where !isQuoted, "]" where !isQuoted:
        level -= 1
        breakLine()
        text.append(character)
      case "," where !isQuoted:
        text.append(character)
        breakLine()
      case " " where text.last == " " && !isQuoted: break
      default: text.append(character)
      }
    }
    return text
  }

  private static func type(of value: Substring) -> String {
    switch value.first {
    case "\"": "string"
    case "{": "object"
    case "[": "array"
    case "n": "null"
    case "t", "f": "boolean"
    default: "number"
    }
  }
}
