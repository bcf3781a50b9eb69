import TestSupport
import Testing

@Suite("The exhaustive table")
struct StateTableTests {
  @Test("every operation on every small state gives the reviewed answer")
  func table() throws {
    try expectGolden(StateTable().text, at: Fixture.directory + "/model/groups.txt")
  }
}
