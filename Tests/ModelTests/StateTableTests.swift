import TestSupport
import Testing

@Suite("The exhaustive table")
struct StateTableTests {
  @Test("every state of a small group under every operation is as reviewed")
  func table() throws {
    try expectGolden(StateTable().text, at: Fixture.directory + "/model/groups.txt")
  }
}
