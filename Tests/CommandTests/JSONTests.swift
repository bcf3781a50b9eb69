import FoundationEssentials
import TestSupport
import Testing

/// The JSON of every command is JSON to a parser that is not ours.
struct JSONTests {
  private struct Header: Decodable {
    let schema: String
  }

  private struct AuditDocument: Decodable {
    struct Group: Decodable {
      let group: Int
      let viability: String
    }
    struct Summary: Decodable {
      let exitStatus: Int

      enum CodingKeys: String, CodingKey {
        case exitStatus = "exit_status"
      }
    }
    let groups: [Group]
    let summary: Summary
  }

  @Test(arguments: ["audit", "list", "explain"])
  func anIndependentParserAcceptsEveryDocument(command: String) async throws {
    let tree = try Sample.tree(Sample.mixed)
    let source = command == "explain" ? [] : ["-s", tree.path]
    let outcome = try await Sample.run([command, "--json"] + source)
    let header = try JSONDecoder().decode(Header.self, from: Data(outcome.output.utf8))
    #expect(header.schema == "vfio-preflight/\(command)/1")
  }

  @Test func theSummaryHasTheExitStatus() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let outcome = try await Sample.run("--json", "-s", tree.path)
    let audit = try JSONDecoder().decode(AuditDocument.self, from: Data(outcome.output.utf8))
    #expect(audit.summary.exitStatus == 2)
    #expect(outcome.status == 2)
    #expect(audit.groups.map(\.group) == [0, 1])
    #expect(audit.groups.map(\.viability) == ["not-viable", "not-viable"])
  }
}
