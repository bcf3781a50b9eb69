import HostModel

/// Every known message, program by program: what `explain --message` finds, and what the pages of
/// the rules and the manual show.
package enum MessageCatalogue {
  static let programs: [MessageForms] = [
    .kernel, .qemu, .libvirt, .hostValidation, .dpdk, .spdk, .proxmox, .rustVMM, .kubernetes,
    .driverctl, .modprobe, .checkers, .shell,
  ]

  /// The forms, ready to be found in a text.
  static let known = KnownMessages(programs)

  /// What programs print when a rule is the reason, with the values of the manual's examples: of
  /// each program the messages of which the rule is the likeliest cause.
  package static func messages(leadingTo rule: RuleSlug) -> [RulePage.Message] {
    programs.flatMap { program -> [RulePage.Message] in
      let leading = program.forms.flatMap { form in
        form.cases.compactMap { found in
          found.causes.firstIndex(of: rule).map { (place: $0, form: form, case: found) }
        }
      }
      let first = leading.map(\.place).min()
      return leading.filter { $0.place == first }.map {
        RulePage.Message(program.printedBy, MessageExample.text(of: $0.form, in: $0.case))
      }
    }.unique
  }
}

/// A form with the values of the manual's examples in its holes.
enum MessageExample {
  static func text(of form: MessageForm, in messageCase: MessageCase) -> String {
    MessagePattern.parts(of: form.text).map { part in
      value(of: part.hole, in: messageCase) + part.literal
    }.joined()
  }

  private static func value(of hole: MessagePattern.Element?, in messageCase: MessageCase) -> String
  {
    switch hole {
    case .device: "0000:01:00.0"
    case .group: "13"
    case .errno(let style): (messageCase.errnos.first ?? .invalid).text(in: style)
    case .driver: messageCase.driver == .other ? "snd_hda_intel" : "vfio-pci"
    case .word: "vfio0"
    case .number: "10"
    case .ids: "8086:0b25"
    case .writeError: "write error"
    case .gap: "…"
    case .literal, nil: ""
    }
  }
}

extension ErrorNumber {
  func text(in style: MessagePattern.ErrnoStyle) -> String {
    switch style {
    case .words: sentence
    case .negative: "-\(code)"
    case .both: "\(code) (\(sentence))"
    }
  }
}

/// The forms of all programs with the words that they are made of.
struct KnownMessages: Sendable {
  private(set) var vocabulary = MessageVocabulary()
  private(set) var forms: [Entry] = []
  /// The forms that have a word as their first literal one, by the word's number.
  private(set) var byAnchor: [[Int]] = []
  private(set) var errnos: MessagePhrases<ErrorNumber>
  private(set) var writeErrors: MessagePhrases<Bool>
  /// Words that stand between a message and a number that is an errno.
  private(set) var errnoLeads: Set<Int32> = []
  /// Words after which a number is that of a group.
  private(set) var groupWords: Set<Int32> = []
  /// `dev` and `vfio`, after which a number is that of a group too.
  private(set) var node: (dev: Int32, vfio: Int32) = (0, 0)

  struct Entry: Sendable {
    let printedBy: String
    let form: MessageForm
    let pattern: MessagePattern
  }

  init(_ programs: [MessageForms]) {
    var vocabulary = MessageVocabulary()
    var forms: [Entry] = []
    for program in programs {
      for form in program.forms {
        let pattern = MessagePattern(form.text, vocabulary: &vocabulary)
        forms.append(Entry(printedBy: program.printedBy, form: form, pattern: pattern))
      }
    }
    errnos = MessagePhrases(
      ErrnoWords.sentences.flatMap { row in row.texts.map { ($0, row.errno) } }
        + ErrorNumber.allNamed.map { ($0.name, $0) }, vocabulary: &vocabulary)
    writeErrors = MessagePhrases(
      ErrnoWords.writeErrors.map { ($0, true) }, vocabulary: &vocabulary)
    errnoLeads = KnownMessages.words("errno error os code", adding: &vocabulary)
    groupWords = KnownMessages.words("group iommu_group iommu_groups", adding: &vocabulary)
    let places = MessagePattern.words(of: "dev vfio", adding: &vocabulary)
    node = (places[0], places[1])
    byAnchor = Array(repeating: [], count: vocabulary.spellings.count)
    for (index, entry) in forms.enumerated() {
      if case .literal(let word) = entry.pattern.elements[entry.pattern.anchor] {
        byAnchor[Int(word)].append(index)
      } else if entry.pattern.elements.first == .writeError {
        for word in writeErrors.firstWords { byAnchor[Int(word)].append(index) }
      }
    }
    self.vocabulary = vocabulary
    self.forms = forms
  }

  private static func words(
    _ text: String, adding vocabulary: inout MessageVocabulary
  ) -> Set<Int32> {
    Set(MessagePattern.words(of: text, adding: &vocabulary))
  }
}

/// Phrases of several words that stand for a value.
struct MessagePhrases<Value: Sendable>: Sendable {
  /// By the first word; the longest first.
  private let byFirstWord: [Int32: [(words: [Int32], value: Value)]]

  init(_ phrases: [(text: String, value: Value)], vocabulary: inout MessageVocabulary) {
    var table: [Int32: [(words: [Int32], value: Value)]] = [:]
    for phrase in phrases {
      let words = MessagePattern.words(of: phrase.text, adding: &vocabulary)
      guard let first = words.first else { continue }
      table[first, default: []].append((words, phrase.value))
    }
    byFirstWord = table.mapValues { rows in rows.sorted { $0.words.count > $1.words.count } }
  }

  var firstWords: [Int32] { byFirstWord.keys.sorted() }

  /// The longest phrase that starts here, and where it ends.
  func match(in tokens: [MessageToken], at place: Int) -> (value: Value, end: Int)? {
    guard place < tokens.count, tokens[place].word >= 0 else { return nil }
    for phrase in byFirstWord[tokens[place].word] ?? [] {
      let end = place + phrase.words.count
      guard end <= tokens.count else { continue }
      if zip(tokens[place..<end], phrase.words).allSatisfy({ $0.word == $1 }) {
        return (phrase.value, end)
      }
    }
    return nil
  }
}
