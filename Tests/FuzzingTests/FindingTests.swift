import Fuzzing
import TestSupport
import Testing

/// What the fuzzer once found stays fixed, and what it starts from is sound.
struct FindingTests {
  @Test("an input that broke something once is handled", arguments: FuzzTarget.allCases)
  func findings(target: FuzzTarget) throws {
    let directory = Fixture.directory + "/hostile/" + target.rawValue
    for name in TreeFiles.names(in: directory) {
      let input = try #require(TreeFiles.readFile(directory + "/" + name))
      do {
        try target.check(input)
      } catch {
        Issue.record("\(target.rawValue)/\(name): \(error)")
      }
    }
  }

  /// A few: the fuzzer itself starts from all of them.
  @Test(
    "all properties hold for a fixture",
    arguments: ["group-in-use.firing", "mixed-buses.firing", "pf-with-vfs.firing"])
  func properties(name: String) throws {
    let path = "\(Fixture.directory)/rules/\(name).snapshot"
    let file = try #require(TreeFiles.readFile(path))
    try FuzzTarget.snapshot.check(file)
    try FuzzTarget.host.check(file)
  }
}
