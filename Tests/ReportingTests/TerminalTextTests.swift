import Testing

@testable import Reporting

struct TerminalTextTests {
  @Test(arguments: [
    ("plain text, 0000:01:00.0", "plain text, 0000:01:00.0"),
    ("\u{1b}[2J", "\\x1b[2J"),
    ("two\nlines\t\u{7f}", "two\\x0alines\\x09\\x7f"),
    ("\u{9b}31m", "\\u{9b}31m"),
    ("a\u{202e}b\u{2066}c\u{200b}d", "a\\u{202e}b\\u{2066}c\\u{200b}d"),
    ("line\u{2028}separator", "line\\u{2028}separator"),
    ("Ger\u{e4}t \u{65e5}\u{672c}", "Ger\u{e4}t \u{65e5}\u{672c}"),
    ("", ""),
  ])
  func whatATerminalActsOnIsEscaped(text: String, escaped: String) {
    #expect(TerminalText.escape(text) == escaped)
  }

  @Test func everyControlCharacterIsEscapedAsASCII() {
    for value in Array(0x00...0x1f) + Array(0x7f...0x9f) {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let escaped = TerminalText.escape(String(Character(scalar)))
      #expect(escaped.hasPrefix("\\"))
      #expect(escaped.utf8.allSatisfy { (0x20..<0x7f).contains($0) })
    }
  }

  @Test func escapedTextIsNotEscapedAgain() {
    let once = TerminalText.escape("\u{1b}]0;title\u{7}")
    #expect(TerminalText.escape(once) == once)
  }

  @Test func longTextIsCutBeforeItIsEscaped() {
    #expect(TerminalText.escape("abcdef", limit: 6) == "abcdef")
    #expect(TerminalText.escape("abc\u{1b}efg", limit: 4) == "abc\\x1b...")
    #expect(TerminalText.escape(String(repeating: "x", count: 1_000_000), limit: 3) == "xxx...")
  }
}
