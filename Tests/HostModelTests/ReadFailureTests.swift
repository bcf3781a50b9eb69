import HostModel
import Testing

@Suite("Why a host did not answer")
struct ReadFailureTests {
  @Test("an empty attribute is reported as empty, another malformed one with its text")
  func malformed() {
    #expect(ReadFailure.malformed("").description == "empty")
    #expect(ReadFailure.malformed("0xzz").description == "malformed: 0xzz")
    #expect(
      ReadProblem(path: "sys/x/vendor", failure: .malformed("")).description
        == "/sys/x/vendor: empty")
  }
}
