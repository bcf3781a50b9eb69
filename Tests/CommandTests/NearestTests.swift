import Testing

@testable import PreflightCommands

struct NearestTests {
  @Test func theNearestNamesComeFirst() {
    let known = ["mixed-buses", "mixed-group", "no-iommu-group", "stub-member"]
    #expect(
      Nearest.names(to: "mixd-group", among: known, limit: 2) == ["mixed-group", "mixed-buses"])
    #expect(Nearest.names(to: "STUB-MEMBER", among: known, limit: 1) == ["stub-member"])
  }

  @Test func equallyNearNamesKeepTheirOrderWithoutRepetition() {
    #expect(Nearest.names(to: "0000:01:00.7", among: ["b", "a", "b"], limit: 3) == ["b", "a"])
    #expect(Nearest.names(to: "x", among: [], limit: 3).isEmpty)
  }

  @Test func aVeryLongNameIsAnsweredAtOnce() {
    let long = String(repeating: "x", count: 1_000_000)
    #expect(Nearest.names(to: long, among: ["a", "b"], limit: 1) == ["a"])
  }
}
