import TestSupport
import Testing

struct ExplainCommandTests {
  private static let manual = Fixture.packageDirectory + "/man/vfio-preflight-rules.7"

  @Test func everyRuleHasAPage() async throws {
    let index = try await Sample.run("explain")
    #expect(index.status == 0)
    let slugs = index.output.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: " ").first.map(String.init)
    }
    #expect(slugs.contains("mixed-group"))
    for slug in slugs {
      let page = try await Sample.run("explain", slug)
      #expect(page.status == 0)
      #expect(page.output.hasPrefix("\(slug): "))
    }
  }

  @Test func theManualOfRulesMatchesTheOutputOfExplain() async throws {
    let outcome = try await Sample.run("explain", "--format", "man")
    try expectGolden(outcome.output, at: ExplainCommandTests.manual)
  }

  @Test(.enabled(if: Machine.hasMandoc, "mandoc is not installed"))
  func theManualPagesPassTheLintOfMandoc() async throws {
    let lint = try await Program(named: "mandoc").run([
      "-T", "lint", "-W", "style", ExplainCommandTests.manual,
    ])
    // Pages of this package are not installed where the tests run.
    let complaints = lint.output.split(separator: "\n").filter {
      !$0.contains("referenced manual not found")
    }
    #expect(complaints.isEmpty)
  }

  @Test func theHostAnswersBeforeTheRulesDo() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let arguments = ["explain", "-s", tree.path, "--message"]
    let text = "vfio 0000:01:00.0: group 1 is not viable"
    let given = try await Sample.run(arguments + [text])
    #expect(given.status == 0)
    let place =
      "on this host 0000:01:00.0 is bound to vfio-pci and is in group 1; group 1 is not viable: "
      + "0000:01:00.1 is bound to snd_hda_intel\n\n"
    #expect(given.output.hasPrefix(place + "mixed-group: "))
    #expect(given.output.contains("\n    QEMU: group 1 is not viable\n"))
    #expect(given.output.contains("\n    remedy: "))
    #expect(!given.output.contains("not-a-stub"))
    for input in [arguments, arguments + ["-"]] {
      #expect(try await Sample.run(input, input: "\(text)\nmore\n").output == given.output)
    }
  }

  @Test(arguments: [
    ["--message", "-bash: echo: write error: File exists"],
    ["--message=-bash: echo: write error: File exists"],
    ["-bash: echo: write error: File exists"], ["bash: echo: write error: File exists"],
  ])
  func aMessageMayBeginWithADash(arguments: [String]) async throws {
    let outcome = try await Sample.run(["explain"] + arguments)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("dynamic-id-exists: "))
  }

  @Test func anUnknownMessageNamesTheNearestInOneLine() async throws {
    let text = try await Sample.run("explain", "--message", "hello, world")
    #expect(text.status == 1)
    #expect(text.output == "no known message in this text\n")
    let near = try await Sample.run("explain", "--message", "the group was not viable today")
    #expect(near.status == 1)
    #expect(near.output.contains("; the nearest is of mixed-group, QEMU: group 13 is not viable"))
    let json = try await Sample.run("explain", "--json", "--message", "hello, world")
    #expect(json.status == 1)
    #expect(json.output.contains("\"matches\": []"))
    let quiet = try await Sample.run("explain", "-q", "--message", "group 13 is not viable")
    #expect(quiet.status == 0 && quiet.output.isEmpty)
  }

  @Test(arguments: [
    ["mixed-group", "--message", "text"], ["--format", "man", "--message", "text"],
    ["--sysroot", "/nowhere"], ["--kernel", "6.12", "mixed-group"], ["--message", "-s", "-"],
  ])
  func argumentsThatExcludeEachOtherAreAUsageError(arguments: [String]) async throws {
    let outcome = try await Sample.run(["explain"] + arguments)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }
}
