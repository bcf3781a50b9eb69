import SystemCalls
import Testing

@Suite struct NameTextTests {
  private static let names: [[UInt8]] = [
    Array("0000:01:00.0".utf8), Array("\u{e9}dev".utf8), [0x61, 0xff], [0x61, 0xfe],
    Array("a\\xff".utf8), Array("a\\".utf8), [0xc3], [0xc3, 0xa9, 0xff], [0xf4, 0x8f],
    // A surrogate, an overlong form, and a character that itself stands for a byte.
    [0xed, 0xa0, 0x80], [0xc0, 0x80], Array("\u{10feff}".utf8), Array("\u{1f600}".utf8),
    Array("\u{10ff00}".utf8), [],
  ]

  @Test(arguments: names) func aNameIsTheSameAfterItWasText(name: [UInt8]) {
    #expect(NameText.bytes(of: NameText.text(of: name[...])) == name)
  }

  @Test func differentNamesHaveDifferentTexts() {
    let texts = Self.names.map { Array(NameText.text(of: $0[...]).utf8) }
    #expect(Set(texts).count == Self.names.count)
  }

  @Test func anOrdinaryNameIsItsOwnText() {
    for text in ["0000:01:00.0", "\u{e9}dev", "e\u{301}dev", "\u{10ff00}"] {
      #expect(Array(NameText.text(of: Array(text.utf8)[...]).utf8) == Array(text.utf8))
    }
  }
}
