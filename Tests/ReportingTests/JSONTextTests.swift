import Testing

@testable import Reporting

struct JSONTextTests {
  @Test func keysAreSortedAndNullIsKept() {
    let value: JSONValue = [
      "zeta": .null, "alpha": .bool(true), "Beta": .integer(-1), "list": ["a", .integer(2)],
      "empty": [], "none": [:],
    ]
    #expect(
      JSONText(value).text == """
        {
          "Beta": -1,
          "alpha": true,
          "empty": [],
          "list": [
            "a",
            2
          ],
          "none": {},
          "zeta": null
        }

        """)
  }

  @Test func aStreamHasOneDocumentPerLine() {
    let value: JSONValue = ["b": ["x\n", .integer(2), [:]], "a": .null, "c": []]
    #expect(JSONText(value, .line).text == #"{"a": null, "b": ["x\n", 2, {}], "c": []}"# + "\n")
  }

  @Test func aNumberOf64BitsKeepsEveryDigit() {
    #expect(JSONText(.unsigned(.max)).text == "18446744073709551615\n")
  }

  @Test(arguments: [
    ("/sys/bus", "\"/sys/bus\""),
    ("say \"no\" \\ yes", "\"say \\\"no\\\" \\\\ yes\""),
    ("\n\t\r\u{0}\u{1b}\u{7f}", "\"\\n\\t\\r\\u0000\\u001b\\u007f\""),
    ("\u{9b}\u{202e}\u{feff}", "\"\\u009b\\u202e\\ufeff\""),
    ("\u{e4}\u{1f600}", "\"\u{e4}\u{1f600}\""),
    ("\u{e0001}", "\"\\udb40\\udc01\""),
  ])
  func stringsAreValidJSONAndEscaped(text: String, written: String) {
    #expect(JSONText(.string(text)).text == written + "\n")
  }

  @Test("a long document is written in pieces that make the same text")
  func pieces() {
    let value: JSONValue = [
      "rows": .rows(Array(0..<20_000)) { ["number": .integer($0), "list": []] },
      "none": .rows([]) { (_: Int) in .null },
    ]
    var pieces: [String] = []
    JSONText.write(value) {
      pieces.append($0)
      return true
    }
    #expect(pieces.count > 5)
    #expect(pieces.allSatisfy { $0.utf8.count < 2 * Piece.size })
    #expect(pieces.joined() == JSONText(value).text)
  }

  @Test("no more text is made once the receiver stops")
  func unwantedText() {
    let value = JSONValue.rows(Array(0..<20_000)) { .integer($0) }
    var pieces = 0
    JSONText.write(value) { _ in
      pieces += 1
      return false
    }
    #expect(pieces == 1)
  }
}
