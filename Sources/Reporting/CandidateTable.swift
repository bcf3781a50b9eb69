import HostModel
package import OwnershipAnalysis

/// The answer of `candidates`.
package struct CandidateReport: Report {
  private let candidates: [Candidate]
  private let audit: Audit
  private let source: String?

  /// - Parameter source: what `--sysroot` was given, for the command that is shown.
  package init(_ candidates: [Candidate], of audit: Audit, from source: String? = nil) {
    self.candidates = candidates
    self.audit = audit
    self.source = source
  }

  package func text(in palette: Palette) -> String {
    guard !audit.host.groups.isEmpty else { return AuditVerdict(of: audit).line + "\n" }
    guard !candidates.isEmpty else { return "no device is left that could be given away\n" }
    return CandidateTable(candidates, from: source).text + KernelNote(audit.kernel).text
  }

  package var json: JSONValue {
    [
      "schema": "vfio-preflight/candidates/1",
      "kernel": KernelJSON.value(audit.kernel),
      "candidates": .rows(candidates, CandidateJSON.value),
      "unseen": .array(CandidateTable.unseen(of: candidates).map { .string($0.text) }),
      "exit_status": .exitStatus(Conclusion(of: candidates, on: audit)),
    ]
  }
}

/// Candidates for people: a row for each, what cannot be told, and the next command to type.
struct CandidateTable {
  private let candidates: [Candidate]
  private let source: String?
  private let limit: Int

  /// How many losses a row names.
  private static let lossLimit = 3

  /// - Parameter limit: how many rows are shown.
  init(_ candidates: [Candidate], from source: String?, limit: Int = .max) {
    self.candidates = candidates
    self.source = source
    self.limit = limit
  }

  var text: String {
    var table = Table([
      Table.Column("DEVICE"), Table.Column("KIND"), Table.Column("DRIVER"),
      Table.Column("GROUP", .right), Table.Column("GOES"), Table.Column("COST"),
      Table.Column("WHAT THE HOST LOSES"),
    ])
    for candidate in candidates.prefix(limit) { table.add(CandidateTable.row(candidate)) }
    let left = candidates.count - limit
    let rest = left > 0 ? "and \(left) more (vfio-preflight candidates)\n" : ""
    return table.text() + rest + notes + next
  }

  private static func row(_ candidate: Candidate) -> [String] {
    [
      TerminalText.escape(candidate.device.name.text), candidate.kind.rawValue,
      GroupTable.driver(of: candidate.device),
      candidate.group?.description ?? "-", TerminalText.escape(candidate.passageText),
      candidate.costWord, TerminalText.escape(losses(of: candidate)),
    ]
  }

  private static func losses(of candidate: Candidate) -> String {
    guard candidate.canGo else { return "" }
    let losses = candidate.cost.losses
    let left = losses.count - lossLimit
    return losses.prefix(lossLimit).map(\.text).joined(separator: "; ")
      + (left > 0 ? "; and \(left) more" : "")
  }

  private var notes: String {
    CandidateTable.unseen(of: candidates).map { unseen in
      "note: what the host loses is not known: \(TerminalText.escape(unseen.text))\n"
    }.joined()
  }

  /// What was not seen of the devices that can go.
  static func unseen(of candidates: [Candidate]) -> [UnseenUse] {
    var unseen: Set<UnseenUse> = []
    for candidate in candidates where candidate.canGo { unseen.formUnion(candidate.cost.unseen) }
    return unseen.sorted { $0.code < $1.code }
  }

  /// The command that asks about the first device, with all that go with it.
  private var next: String {
    guard let first = candidates.first, first.canGo else { return "" }
    let names = [first.device.name] + first.companions(limit: 64)
    let option = source.map { " --sysroot " + ShellWord.quoted($0) } ?? ""
    let devices = names.map { ShellWord.quoted($0.text) }.joined(separator: " ")
    return TerminalText.escape("next: vfio-preflight check\(option) \(devices)") + "\n"
  }
}

extension Candidate {
  /// How many members of a group a row names.
  private static let companionLimit = 3

  fileprivate var passageText: String {
    switch passage {
    case .alone: return "alone"
    case .with:
      let names = companions(limit: Candidate.companionLimit).map(\.text)
      let left = companionCount - names.count
      return "with \(names.joined(separator: ", "))" + (left > 0 ? " and \(left) more" : "")
    case .cannot(let hindrance): return "no: \(hindrance.text)"
    case .undetermined(let doubts):
      return "cannot tell" + (doubts.first.map { ": \($0.text)" } ?? "")
    }
  }

  /// How bad the loss is, in a word.
  fileprivate var costWord: String {
    guard canGo else { return "" }
    switch cost.weight() {
    case .loses: return LossWeight.loses.label
    case .unknown: return LossWeight.unknown.label
    case .hurts: return cost.unseen.isEmpty ? LossWeight.hurts.label : "?"
    case nil: return cost.unseen.isEmpty ? "none seen" : "?"
    }
  }
}

extension Candidate.Hindrance {
  fileprivate var text: String {
    switch self {
    case .noGroup: "it has no IOMMU group"
    case .denylisted: "vfio-pci refuses it by its ids"
    case .hasVirtualFunctions(let count): "it has \(counted(count, "VF"))"
    case .obstacle(let obstacle):
      "\(obstacle.refusal.call.rawValue) answers \(obstacle.refusal.errno)  [\(obstacle.rule)]"
    }
  }

  fileprivate var code: String {
    switch self {
    case .noGroup: "no-group"
    case .denylisted: "denylisted"
    case .hasVirtualFunctions: "has-virtual-functions"
    case .obstacle(let obstacle): obstacle.rule.text
    }
  }
}

/// A candidate in the document.
private enum CandidateJSON {
  /// A group can have thousands of members, and each would name all others.
  static let companionLimit = 64

  static func value(_ candidate: Candidate) -> JSONValue {
    var goes = "alone"
    var reason: String?
    var code: String?
    switch candidate.passage {
    case .alone: break
    case .with: goes = "with"
    case .cannot(let hindrance):
      goes = "cannot"
      reason = hindrance.text
      code = hindrance.code
    case .undetermined(let doubts):
      goes = "undetermined"
      reason = doubts.first?.text
      code = doubts.first?.code
    }
    return [
      "device": .string(candidate.device.name.text),
      "kind": .string(candidate.kind.rawValue),
      "id": JSONValue(candidate.device.identity.value?.idText),
      "driver": JSONValue(candidate.device.driver.value?.text),
      "group": JSONValue((candidate.group?.value).map(Int.init)),
      "goes": .string(goes),
      "companions": .array(
        candidate.companions(limit: companionLimit).map { .string($0.text) }),
      "companion_count": .integer(candidate.companionCount),
      "reason": JSONValue(reason),
      "reason_code": JSONValue(code),
      "losses": LossLines.json(candidate.cost.losses),
    ]
  }
}

/// A word of a command line, quoted where a shell would not take it as it is.
enum ShellWord {
  static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "+"),
        UInt8(ascii: ","), UInt8(ascii: "@"):
        true
      default: false
      }
    }
    return isPlain && !text.isEmpty ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
