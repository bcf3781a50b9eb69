import TestSupport
import Testing

struct ListCommandTests {
  private let columns = "GROUP,VIABILITY,ADDRESS,CLASS,ID,DRIVER,POLICY"

  @Test func theTableLooksLikeThatOfLsblk() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let outcome = try await Sample.run("list", "-s", tree.path, "-o", columns)
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        GROUP  VIABILITY   ADDRESS       CLASS  ID         DRIVER         POLICY
            0  not-viable  0000:00:17.0  0106   8086:a352  ahci           kernel
            1  not-viable  0000:01:00.0  0300   10de:13c2  vfio-pci       managed
            1  not-viable  0000:01:00.1  0403   10de:0fbb  snd_hda_intel  kernel

        """)
  }

  @Test func theDefaultTableFitsIntoAHundredColumns() async throws {
    let tree = try Sample.tree(Sample.large)
    let outcome = try await Sample.run("list", "-s", tree.path)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 513)
    #expect(lines.allSatisfy { $0.count <= 100 && !$0.hasSuffix(" ") })
  }

  @Test(arguments: [
    (["01:00.0"], ["0000:01:00.0"]),
    (["0000:01:00.1", "00:17.0"], ["0000:00:17.0", "0000:01:00.1"]),
    (["--group", "1"], ["0000:01:00.0", "0000:01:00.1"]),
    (["--driver", "vfio-pci"], ["0000:01:00.0"]),
    (["--id", "10de:"], ["0000:01:00.0", "0000:01:00.1"]),
    (["-d", ":0fbb"], ["0000:01:00.1"]),
    (["--group", "1", "-d", "8086:"], []),
  ])
  func filtersSelectRowsThatMatchAllOfThem(filter: [String], addresses: [String]) async throws {
    let tree = try Sample.tree(Sample.mixed)
    let outcome = try await Sample.run(
      ["list", "-s", tree.path, "-n", "-r", "-o", "address"] + filter)
    #expect(outcome.output.split(separator: "\n").map(String.init) == addresses)
    #expect(outcome.status == 0)
  }

  @Test func columnsCanBeAdded() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let outcome = try await Sample.run("list", "-s", tree.path, "-r", "-o", "+role,module")
    #expect(
      outcome.output.hasPrefix("GROUP VIABILITY ADDRESS ID DRIVER POLICY NAME ROLE MODULE\n"))
    #expect(outcome.output.contains(" endpoint vfio_pci\n"))
  }

  @Test func everyColumnIsExplained() async throws {
    let outcome = try await Sample.run("list", "--list-columns", "--noheadings")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\nDRIVER     bound driver\n"))
    let titles = outcome.output.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    let tree = try Sample.tree(Sample.mixed)
    let all = try await Sample.run(
      "list", "-s", tree.path, "-o", titles.joined(separator: ","))
    #expect(all.status == 0)
    #expect(all.output.split(separator: "\n").count == 4)
  }

  @Test func jsonHasNullsAndNoNames() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let outcome = try await Sample.run("list", "--json", "-s", tree.path)
    #expect(outcome.output.contains("\"schema\": \"vfio-preflight/list/1\""))
    #expect(outcome.output.contains("\"override\": null"))
    #expect(!outcome.output.contains("\"name\""))
  }

  @Test(.enabled(if: Machine.hasHardwareDatabase, "this machine has no hardware database"))
  func namesComeFromTheHardwareDatabase() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let outcome = try await Sample.run(
      "list", "-s", tree.path, "-n", "-o", "address,vendor,classname", "01:00.0")
    #expect(
      outcome.output == "0000:01:00.0  NVIDIA Corporation  VGA compatible controller\n")
  }
}
