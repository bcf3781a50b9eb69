import HostModel
import OwnershipAnalysis
import Reporting

/// The small parsers: what they accept they write in a form that they read as the same.
enum TextProperties {
  private static let place: HostPath = "sys/bus/pci/devices"

  static func check(_ input: [UInt8]) throws {
    let text = String(decoding: input, as: UTF8.self)
    try checkRoundTrips(text)
    try checkEscapes(text)
    _ = try? KernelRequest(text)
    _ = TextProperties.place.resolving(link: text)
    let line = KernelCommandLine(text)
    for parameter in KernelParameter.allCases { _ = line.items(of: parameter) }
    _ = ModuleAlias(pattern: text, module: "e1000e")
    _ = DeviceName(text)
    let search = MessageSearch(text)
    let audit = Analyzer.audit(SoundHost.example, by: nil)
    let answer = MessageAnswer(search, on: audit, isItsHost: true)
    try ParsedJSON.check(JSONText(MessageJSON.value(of: search, answer)).text)
    let shown = MessageText.text(of: search, answer)
    try Violation.unless(
      !shown.unicodeScalars.contains { $0 != "\n" && TerminalText.isHostile($0) },
      "hostile text passes")
  }

  private static func checkRoundTrips(_ text: String) throws {
    try check(text, KernelVersion.init(release:), \.description)
    try check(text, { PCIAddress($0, shortForm: true) }, \.description)
    try check(text, { GroupNumber($0) }, \.description)
    try check(text, ReservedRegion.init(line:), \.description)
    try check(text, { OpenVFIOFile.target(ofLink: $0) }, \.linkText)
    try check(text, { HostPath($0) }, \.relative)
    try check(text, { KernelCommandLine($0) }, \.text)
  }

  private static func check<Value: Equatable>(
    _ text: String, _ parse: (String) -> Value?, _ write: (Value) -> String
  ) throws {
    guard let value = parse(text) else { return }
    let written = write(value)
    try Violation.unless(
      parse(written) == value, "\(Value.self): '\(text)' is written as '\(written)'")
  }

  private static func checkEscapes(_ text: String) throws {
    let printable = PrintableText.escape(text)
    try Violation.unless(
      printable.utf8.allSatisfy { 0x20..<0x7f ~= $0 }, "escaped text is not printable")
    let line = TerminalText.escape(text)
    try Violation.unless(
      !line.unicodeScalars.contains(where: TerminalText.isHostile), "hostile text passes")
    try Violation.unless(TerminalText.escape(line) == line, "escaping twice is escaping more")
    try ParsedJSON.check(JSONText(.array([.string(text)])).text)
  }
}
