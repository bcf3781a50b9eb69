import FoundationEssentials

/// A document as a parser sees it that is not ours; every value of it is looked at.
struct ParsedJSON: Decodable {
  /// A key of any object.
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { return nil }
  }

  static func check(_ text: String) throws {
    do {
      _ = try JSONDecoder().decode(ParsedJSON.self, from: Data(text.utf8))
    } catch {
      throw Violation("this is not JSON: \(error)\n\(text)")
    }
  }

  init(from decoder: any Decoder) throws {
    if let object = try? decoder.container(keyedBy: Key.self) {
      for key in object.allKeys { _ = try object.decode(ParsedJSON.self, forKey: key) }
    } else if var array = try? decoder.unkeyedContainer() {
      while !array.isAtEnd { _ = try array.decode(ParsedJSON.self) }
    } else {
      try ParsedJSON.checkScalar(try decoder.singleValueContainer())
    }
  }

  private static func checkScalar(_ value: any SingleValueDecodingContainer) throws {
    if value.decodeNil() || (try? value.decode(String.self)) != nil
      || (try? value.decode(Int64.self)) != nil || (try? value.decode(UInt64.self)) != nil
    {
      return
    }
    _ = try value.decode(Bool.self)
  }
}
