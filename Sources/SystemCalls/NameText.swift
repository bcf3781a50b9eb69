/// The name of a file, or the target of a link, as text and back.
///
/// A name is bytes, a text is Unicode. A byte that is not part of a character stands in a text as
/// the character U+10FE00 plus the byte. So does a backslash, which starts an escape where names are
/// shown, and so do the bytes of such characters themselves. Each name has one text, and different
/// names have different ones; nearly every name is its own text.
package enum NameText {
  private static let standIns: ClosedRange<UInt32> = 0x10_fe00...0x10_feff
  /// The first byte of each of them in UTF-8.
  private static let firstByte: UInt8 = 0xf4
  private static let backslash = UInt8(ascii: "\\")

  /// The text of a name.
  package static func text(of name: ArraySlice<UInt8>) -> String {
    if name.span.firstIndex(of: backslash) == nil, name.span.firstIndex(of: firstByte) == nil,
      let text = String(utf8: name)
    {
      return text
    }
    var text = String.UnicodeScalarView()
    var rest = name
    while let first = rest.first {
      if let scalar = character(at: rest) {
        text.append(scalar)
        rest = rest.dropFirst(UTF8.width(scalar))
      } else {
        if let standIn = Unicode.Scalar(standIns.lowerBound + UInt32(first)) {
          text.append(standIn)
        }
        rest = rest.dropFirst()
      }
    }
    return String(text)
  }

  /// The character that the bytes begin with, if it stands for itself.
  private static func character(at bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard let first = bytes.first, first != backslash else { return nil }
    let length =
      switch first {
      case ..<0x80: 1
      case ..<0xe0: 2
      case ..<0xf0: 3
      default: 4
      }
    guard let text = String(utf8: bytes.prefix(length)), let scalar = text.unicodeScalars.first,
      UTF8.width(scalar) == length, !standIns.contains(scalar.value)
    else { return nil }
    return scalar
  }

  /// Whether a text may not be the name as it is.
  package static func isSpelled(_ text: String) -> Bool {
    !text.utf8Span.isKnownASCII && text.utf8Span.span.firstIndex(of: firstByte) != nil
  }

  /// The bytes of the name.
  package static func bytes(of text: String) -> [UInt8] {
    guard isSpelled(text) else { return Array(text.utf8) }
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if standIns.contains(scalar.value) {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        bytes += UTF8.encode(scalar) ?? UTF8.EncodedScalar()
      }
    }
    return bytes
  }
}

extension String {
  /// Lends the name, or path, of this text to the kernel.
  func withName<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    guard NameText.isSpelled(self) else { return unsafe withCString(body) }
    let bytes = NameText.bytes(of: self).map { CChar(bitPattern: $0) } + [0]
    return unsafe body(bytes)
  }
}
