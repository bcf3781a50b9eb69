import HostModel
import OwnershipAnalysis
import Testing

@Suite("Recordings: files of steps")
struct RecordingParserTests {
  private static let head = RecordingParser.header + "\n"
  private static let step = head + "sequence s\ndo close vm1\n"

  @Test("keeps every line of a recording")
  func lines() throws {
    let text = """
      vfio-preflight-recording 1
      # a comment
      sequence first
      case 13.1
      case 13.7
      about binding beside a kernel driver succeeds
      prepared bind 0000:02:01.0 e1000
      - /sys/a -> ../x
      + /sys/a -> ../y

      do unbind 0000:02:01.0
      answer blocks unbind
      driver 0000:02:01.0 -
      # another
      do close vm1
      answer accepted
      ended unbind 0000:02:01.0: refused ENODEV unbind
      driver 0000:02:01.1 vfio-pci
      node + /dev/vfio/2
      node - /dev/vfio/devices/vfio0
      device + 0000:03:10.0
      device - 0000:03:10.2
      log vfio-pci 0000:02:01.0: some line
      sequence second
      do bind 0000:02:01.0 e1000
      answer crashes bind

      """
    let sequences = try RecordingParser.parse(text, file: "x.steps")
    #expect(sequences.map(\.name) == ["first", "second"])
    let first = sequences[0]
    #expect(first.cases == ["13.1", "13.7"])
    #expect(first.about == "binding beside a kernel driver succeeds")
    #expect(first.prepared == ["bind 0000:02:01.0 e1000"])
    #expect(first.removed == ["/sys/a -> ../x"])
    #expect(first.added == ["/sys/a -> ../y"])
    #expect(first.steps.map(\.line) == [11, 15])
    #expect(first.steps[0].answer == .blocks(.unbind))
    #expect(first.steps[0].drivers["0000:02:01.0"] == .some(nil))
    let last = first.steps[1]
    #expect(last.operation == "close vm1")
    #expect(
      last.ended == [
        RecordedStep.Ended(
          operation: "unbind 0000:02:01.0", answer: .refused(.noSuchDevice, .unbind))
      ])
    #expect(last.drivers["0000:02:01.1"] == .some("vfio-pci"))
    #expect(last.newNodes == ["dev/vfio/2"])
    #expect(last.lostNodes == ["dev/vfio/devices/vfio0"])
    #expect(last.newDevices == ["0000:03:10.0"])
    #expect(last.lostDevices == ["0000:03:10.2"])
    #expect(last.log == ["vfio-pci 0000:02:01.0: some line"])
    #expect(sequences[1].steps[0].answer == .crashes(.bind))
  }

  private static let mistakes: [(text: String, line: Int)] = [
    ("", 0), ("something else\n", 1), (head + "sequence s", 2),
    (head + "sequence\n", 2), (head + "sequence s\nsequence s\n", 3),
    (head + "do close vm1\n", 2), (head + "case 13.1\n", 2), (head + "banana x\n", 2),
    (step, 3), (step + "sequence t\n", 3), (step + "do close vm1\n", 3),
    (step + "driver 0000:00:01.0 -\n", 4), (step + "answer maybe\n", 4),
    (step + "answer refused EBUSY\n", 4), (step + "answer refused EBANANA bind\n", 4),
    (step + "answer refused EBUSY banana\n", 4), (step + "answer accepted bind\n", 4),
    (step + "answer accepted\nanswer accepted\n", 5),
    (step + "answer accepted\ncase 13.1\n", 5),
    (step + "answer accepted\ndriver 0000:00:01.0\n", 5),
    (step + "answer accepted\nnode /dev/vfio/1\n", 5),
    (step + "answer accepted\nnode + /dev/null\n", 5),
    (step + "answer accepted\ndevice 0000:00:01.0\n", 5),
    (step + "answer accepted\nended close vm1\n", 5),
    (step + "answer accepted\nended close vm1: perhaps\n", 5),
  ]

  @Test("refuses a malformed line with its number", arguments: mistakes)
  func refused(text: String, line: Int) throws {
    let mistake = #expect(throws: RecordingParser.Mistake.self) {
      try RecordingParser.parse(text, file: "x.steps")
    }
    #expect(mistake?.line == line, "\(mistake.map(\.description) ?? "")")
  }
}
