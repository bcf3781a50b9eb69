import TestSupport
import Testing

@Suite("Edge cases: all of them")
struct EdgeCaseIndexTests {
  private static let tests = Fixture.packageDirectory + "/Tests/"

  /// The source of this target's tests.
  private static let here: String = {
    let folder = tests + "ModelTests/"
    return TreeFiles.names(in: folder).compactMap { TextFile.text(of: folder + $0) }.joined()
  }()

  @Test("each of the 56 has a place, and no other number has one")
  func complete() {
    #expect(EdgeCaseIndex.places.keys.sorted() == Array(1...56))
  }

  @Test("each place is there", arguments: EdgeCaseIndex.places.keys.sorted())
  func isThere(number: Int) throws {
    for place in try #require(EdgeCaseIndex.places[number]) {
      switch place {
      case .here: #expect(Self.here.contains("\"13.\(number): "))
      case .elsewhere(let file, let name):
        let source = try #require(TextFile.text(of: Self.tests + file), "\(file) is not there")
        #expect(source.contains(" \(name)"), "\(file) has no \(name)")
      case .nowhere(let reason): #expect(!reason.isEmpty)
      }
    }
  }

  @Test("each vector of §16 is a test", arguments: 1...28)
  func vector(number: Int) {
    #expect(Self.here.contains("\"16.\(number): "))
  }
}
