import Glibc

/// What libc, and the processor a word at a time, do with bytes many times as fast as a loop.
extension Span<UInt8> {
  package func isSame(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    return unsafe withUnsafeBytes { left in
      unsafe other.withUnsafeBytes { right in
        guard let start = left.baseAddress, let otherStart = right.baseAddress else { return true }
        return unsafe memcmp(start, otherStart, count) == 0
      }
    }
  }

  /// How many bytes two texts have in common at their start.
  package func commonLength(with other: Span<UInt8>) -> Int {
    let limit = Swift.min(count, other.count)
    let left = unsafe bytes
    let right = unsafe other.bytes
    var length = 0
    while length + 8 <= limit {
      // Eight bytes are left of both.
      let word = unsafe left.unsafeLoadUnaligned(fromByteOffset: length, as: UInt64.self)
      let otherWord = unsafe right.unsafeLoadUnaligned(fromByteOffset: length, as: UInt64.self)
      guard word == otherWord else {
        // The first byte in memory is the lowest.
        return length + (word.littleEndian ^ otherWord.littleEndian).trailingZeroBitCount / 8
      }
      length += 8
    }
    while length < limit, self[length] == other[length] { length += 1 }
    return length
  }

  package func firstIndex(of byte: UInt8) -> Int? {
    unsafe withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, let place = unsafe memchr(start, Int32(byte), count)
      else { return nil }
      return unsafe start.distance(to: UnsafeRawPointer(place))
    }
  }

  package func hash(into hasher: inout Hasher) {
    unsafe withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }
}

extension String {
  /// The text that these bytes are; `nil` when they are not UTF-8.
  ///
  /// The initializer that takes the encoding would look that up for each text.
  package init?(utf8 bytes: ArraySlice<UInt8>) {
    guard let text = try? UTF8Span(validating: bytes.span) else { return nil }
    self.init(copying: text)
  }
}
