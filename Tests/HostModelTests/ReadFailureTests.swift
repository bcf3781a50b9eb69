import HostModel
import Testing

@Suite("Why a host did not answer")
struct ReadFailureTests {
  @Test("an attribute without content is called empty, another malformed with its text")
  func malformed() {
    #expect(ReadFailure.malformed("").description == "empty")
    #expect(ReadFailure.malformed("0xzz").description == "malformed: 0xzz")
    #expect(
      ReadProblem(path: "sys/x/vendor", failure: .malformed("")).description
        == "/sys/x/vendor: empty")
  }
}
