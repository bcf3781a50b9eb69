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

  @Test func aStreamHasADocumentALine() {
    let value: JSONValue = ["b": ["x\n", .integer(2), [:]], "a": .null, "c": []]
    #expect(JSONText(value, .line).text == #"{"a": null, "b": ["x\n", 2, {}], "c": []}"# + "\n")
  }

  @Test func addressesOfSixtyFourBitsKeepEveryDigit() {
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
  func stringsAreValidJSONAndHarmless(text: String, written: String) {
    #expect(JSONText(.string(text)).text == written + "\n")
  }
}
