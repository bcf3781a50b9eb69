import Testing

@testable import Reporting

struct TableTests {
  @Test func columnsAreAlignedAndNumbersRightAligned() {
    var table = Table([
      Table.Column("GROUP", .right), Table.Column("DEVICE"), Table.Column("NUMA", .right),
    ])
    table.add(["7", "0000:01:00.0", "0"])
    table.add(["462", "dprc.1", "11"])
    #expect(
      table.text() == """
        GROUP  DEVICE        NUMA
            7  0000:01:00.0     0
          462  dprc.1          11

        """)
  }

  @Test func linesHaveNoTrailingBlanks() {
    var table = Table([Table.Column("A"), Table.Column("B", .right), Table.Column("C")])
    table.add(["long cell", "", ""])
    table.add(["", "", "c"])
    table.add(["x"])
    #expect(table.text() == "A          B  C\nlong cell\n              c\nx\n")
  }

  @Test func headingsCanBeLeftOut() {
    var table = Table([Table.Column("A LONG TITLE"), Table.Column("B")])
    table.add(["1", "2"])
    #expect(table.text(heading: false) == "1  2\n")
  }

  @Test func theLastColumnIsCutToTheWidth() {
    var table = Table([Table.Column("ADDRESS"), Table.Column("NAME")])
    table.add(["0000:01:00.0", "GM204 [GeForce GTX 970]"])
    table.add(["0000:01:00.1", "short"])
    #expect(
      table.text(heading: false, width: 30) == """
        0000:01:00.0  GM204 [GeForc...
        0000:01:00.1  short

        """)
    #expect(table.text(heading: false, width: 1).hasPrefix("0000:01:00.0  GM204 [...\n"))
  }

  /// A row can be written before the wider ones are known.
  @Test func aColumnCanHaveAMinimumWidth() {
    var table = Table([Table.Column("A", width: 4), Table.Column("B", .right, width: 3)])
    table.add(["1", "2"])
    #expect(table.text(heading: false) == "1       2\n")
    table.add(["wider", "1000"])
    #expect(table.text() == "A         B\n1         2\nwider  1000\n")
  }

  @Test func coloursDoNotCountTowardsTheWidth() {
    var table = Table([Table.Column("A"), Table.Column("B")])
    table.add(["\u{1b}[1;31mred\u{1b}[0m", "1"])
    table.add(["plain", "2"])
    #expect(table.text(heading: false) == "\u{1b}[1;31mred\u{1b}[0m    1\nplain  2\n")
  }

  @Test func widthCountsCharactersNotBytes() {
    var table = Table([Table.Column("N"), Table.Column("V")])
    table.add(["\u{e9}\u{e9}\u{e9}", "1"])
    table.add(["abc", "2"])
    #expect(table.text(heading: false) == "\u{e9}\u{e9}\u{e9}  1\nabc  2\n")
  }
}
