import HostModel

/// A message of a program: its words, with a typed hole for each thing that the program fills in.
///
/// Holes: `{device}` an address or a name · `{group}` a group's number · `{errno}`,
/// `{-errno}` and `{errno()}` an errno by number, by symbol or in words · `{driver}` and `{word}` a name · `{number}` · `{ids}` ·
/// `{write}` a shell's words for a failed write · `…` anything, up to a few words.
struct MessageForm: Sendable {
  let text: String
  /// It follows another message, which says more, or is only what many messages have in common: it
  /// counts where nothing else is known.
  let isHint: Bool
  /// The first whose condition holds decides.
  let cases: [MessageCase]

  /// - Parameter causes: the most likely first.
  init(_ text: String, _ causes: RuleSlug...) {
    self.init(text, cases: [MessageCase(causes)])
  }

  init(_ text: String, cases: [MessageCase]) {
    self.text = text
    isHint = false
    self.cases = cases
  }

  private init(hint text: String, cases: [MessageCase]) {
    self.text = text
    isHint = true
    self.cases = cases
  }

  static func hint(_ text: String, _ causes: RuleSlug...) -> MessageForm {
    MessageForm(hint: text, cases: [MessageCase(causes)])
  }

  static func hint(_ text: String, cases: [MessageCase]) -> MessageForm {
    MessageForm(hint: text, cases: cases)
  }
}

/// Which rules a message leads to, for what stands in its holes.
struct MessageCase: Sendable {
  /// Any, when empty.
  let errnos: [ErrorNumber]
  /// Any, when `nil`.
  let driver: DriverSort?
  /// The most likely first.
  let causes: [RuleSlug]

  /// What the name in `{driver}` says of the driver.
  enum DriverSort: Sendable {
    case vfio
    case other
  }

  init(errnos: [ErrorNumber] = [], driver: DriverSort? = nil, _ causes: [RuleSlug]) {
    self.errnos = errnos
    self.driver = driver
    self.causes = causes
  }

  static func on(_ errnos: ErrorNumber..., of driver: DriverSort? = nil, to causes: [RuleSlug])
    -> MessageCase
  {
    MessageCase(errnos: errnos, driver: driver, causes)
  }

  static func of(_ driver: DriverSort, _ causes: [RuleSlug]) -> MessageCase {
    MessageCase(driver: driver, causes)
  }

  static func otherwise(_ causes: [RuleSlug]) -> MessageCase { MessageCase(causes) }

  func holds(errno: ErrorNumber?, driver: DriverSort?) -> Bool {
    (errnos.isEmpty || errno.map(errnos.contains) == true)
      && (self.driver == nil || self.driver == driver)
  }
}

extension MessageCase.DriverSort {
  /// By its name: out-of-tree variants keep `vfio` in theirs, and a line that was cut out of a
  /// log may have lost the first letters.
  init(of name: String) {
    let name = name.lowercased()
    let isCut = name.utf8.count > 3 && "vfio-pci".hasSuffix(name)
    self =
      isCut
        || name.utf8.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
          .contains { $0.elementsEqual("vfio".utf8) }
      ? .vfio : .other
  }
}

/// The messages of one program.
struct MessageForms: Sendable {
  /// `QEMU`, `kernel`, `shell`, …
  let printedBy: String
  let forms: [MessageForm]

  init(_ printedBy: String, _ forms: [MessageForm]) {
    self.printedBy = printedBy
    self.forms = forms
  }
}
