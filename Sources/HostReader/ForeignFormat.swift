/// What a file is that was given for a snapshot, by its first bytes, where that helps.
enum ForeignFormat: CustomStringConvertible {
  case compressed(by: String, reader: String)
  case text(String)

  private static let magics: [(bytes: [UInt8], format: ForeignFormat)] = [
    ([0x1f, 0x8b], .compressed(by: "gzip", reader: "zcat")),
    ([0x28, 0xb5, 0x2f, 0xfd], .compressed(by: "zstd", reader: "zstdcat")),
    ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], .compressed(by: "xz", reader: "xzcat")),
    ([0x42, 0x5a, 0x68], .compressed(by: "bzip2", reader: "bzcat")),
    ([0x04, 0x22, 0x4d, 0x18], .compressed(by: "lz4", reader: "lz4cat")),
    ([0xff, 0xfe], .text("UTF-16")),
    ([0xfe, 0xff], .text("UTF-16")),
    ([0xef, 0xbb, 0xbf], .text("UTF-8 with a byte order mark")),
  ]

  init?(_ start: ArraySlice<UInt8>) {
    guard let magic = ForeignFormat.magics.first(where: { start.starts(with: $0.bytes) }) else {
      return nil
    }
    self = magic.format
  }

  var description: String {
    switch self {
    case .compressed(let name, let reader):
      "it is compressed with \(name); decompress it: \(reader) FILE | vfio-preflight -s -"
    case .text(let name):
      "it is text in \(name), and a snapshot is ASCII"
    }
  }
}
