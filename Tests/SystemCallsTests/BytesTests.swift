import SystemCalls
import Testing

/// Searches of bytes that go a word at a time: the ends of words are where they could be wrong.
@Suite struct BytesTests {
  @Test(arguments: 0..<20) func theCommonStartEndsAtTheFirstDifference(length: Int) {
    let text = (0..<UInt8(length)).map { $0 &* 37 }
    #expect(common(text, text) == length)
    #expect(isSame(text, text))
    for index in text.indices {
      for bit: UInt8 in [1, 0x80] {
        var other = text
        other[index] ^= bit
        #expect(common(text, other) == index)
        #expect(!isSame(text, other))
      }
      let start = Array(text[..<index])
      #expect(common(start, text) == index)
      #expect(common(text, start) == index)
      #expect(!isSame(text, start))
    }
  }

  @Test func theFirstOccurrenceOfAByteIsFound() {
    let text: [UInt8] = [1, 2, 3, 2, 0xff]
    #expect(firstIndex(of: 2, in: text[...]) == 1)
    #expect(firstIndex(of: 0xff, in: text[...]) == 4)
    #expect(firstIndex(of: 0, in: text[...]) == nil)
    #expect(firstIndex(of: 2, in: text[2...]) == 1)
    #expect(firstIndex(of: 2, in: []) == nil)
  }

  // A span cannot be handed to the macro.
  private func common(_ left: [UInt8], _ right: [UInt8]) -> Int {
    left.span.commonLength(with: right.span)
  }

  private func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.span.isSame(as: right.span)
  }

  private func firstIndex(of byte: UInt8, in bytes: ArraySlice<UInt8>) -> Int? {
    bytes.span.firstIndex(of: byte)
  }
}
