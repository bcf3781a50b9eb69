import TestSupport
import Testing

@Suite("Edge cases: the index")
struct EdgeCaseIndexTests {
  private static let tests = Fixture.packageDirectory + "/Tests/"

  /// The source of this target's tests.
  private static let here: String = {
    let folder = tests + "ModelTests/"
    return TreeFiles.names(in: folder).compactMap { TextFile.text(of: folder + $0) }.joined()
  }()

  @Test("the index lists the 56 cases and no others")
  func complete() {
    #expect(EdgeCaseIndex.places.keys.sorted() == Array(1...56))
  }

  @Test("every test that the index names exists", arguments: EdgeCaseIndex.places.keys.sorted())
  func exists(number: Int) throws {
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

  @Test("every test vector of §16 has a test", arguments: 1...28)
  func vector(number: Int) {
    #expect(Self.here.contains("\"16.\(number): "))
  }
}
