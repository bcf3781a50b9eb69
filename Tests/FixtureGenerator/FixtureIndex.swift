import HostModel
import OwnershipAnalysis
import TestSupport

/// The text of `Fixtures/README.md`.
struct FixtureIndex {
  private var hosts: [String] = []
  private var rules: [String] = []
  private var uses: [String] = []
  private var diffs: [String] = []
  private var trees: [String] = []

  mutating func add(_ recipe: HostRecipe, from real: RealHost?, host: HostTree) {
    var assumptions = recipe.assumptions
    if let real {
      if !real.listsDrivers { assumptions.append("drivers by class") }
      if real.kernel == nil { assumptions.append("the kernel") }
    }
    hosts.append(
      FixtureIndex.row([
        "`\(recipe.name)`", recipe.situation, "\(host.functions.count)", host.release,
        real.map { "\($0.title): \($0.source)" } ?? "composed",
        assumptions.isEmpty ? "-" : assumptions.joined(separator: "; "),
      ]))
  }

  mutating func add(_ scenario: RuleScenario) {
    let fires = scenario.fires.sorted().map { "`\($0)`" }.joined(separator: ", ")
    rules.append(
      FixtureIndex.row([
        "`\(scenario)`", FixtureIndex.sentence(scenario.situation), scenario.host.release,
        fires.isEmpty ? "-" : fires,
      ]))
  }

  mutating func add(_ scenario: UseScenario) {
    uses.append(
      FixtureIndex.row([
        "`\(scenario)`", "`\(scenario.device)`", FixtureIndex.sentence(scenario.situation),
      ]))
  }

  mutating func add(_ scenario: DiffScenario) {
    diffs.append(
      FixtureIndex.row(["`\(scenario)`", scenario.situation, "\(scenario.status)"]))
  }

  mutating func add(_ tree: ExampleTree) {
    trees.append(FixtureIndex.row(["`\(tree.name)`", tree.situation]))
  }

  var text: String {
    """
    # Fixtures

    Captured and composed hosts. Each can be audited as it is:
    `vfio-preflight audit --sysroot Fixtures/hosts/NAME.snapshot`. `swift run FixtureGenerator`
    writes this file and every snapshot and tree named here; a test fails when they differ. Change
    the generator (`Tests/FixtureGenerator`) or the scenarios (`Tests/TestSupport/RuleScenarios`),
    never a fixture.

    ## Whole machines: `hosts`

    Derived from public listings, which `sources/real-hosts.json` holds with their origin. Groups,
    addresses, classes, ids and listed drivers are those of the listing. Assumed on every host: the
    bridge above a function (from bus numbers), the programming interface of a class where it is not
    printed, reserved regions (MSI, and the HyperTransport range on AMD), interrupt remapping on,
    `driver_override` unset unless a line says that a device is on vfio-pci, resets, NUMA nodes, the
    build of the kernel, and no open file. Further assumptions are in the last column.

    `NAME.verdict` beside each holds use, viability, culprits and findings under the host's own
    kernel and under 5.10 and 6.12. These files are expected results, which
    `VFIO_PREFLIGHT_ACCEPT_GOLDEN=1 swift test --filter HostVerdictTests` rewrites; the commit says
    why.

    \(FixtureIndex.table(["host", "situation", "PCI functions", "kernel", "source", "assumed"], hosts))

    Drivers by class, where the listing has no drivers; any other device has none:

    \(FixtureIndex.driverTable)

    ## Captures of earlier versions: `captures`

    Copies of fixtures as the program wrote them once, in a directory for each generation of its
    questions, with their verdicts beside them. They are kept as they are: every later version must
    read them and say the same.

    ## One firing and one silent host for each rule: `rules`

    Composed. The last column lists the rules that fire; no others do.

    \(FixtureIndex.table(["host", "situation", "kernel", "fires"], rules))

    ## What a host uses a device for: `use`

    Composed. For each rule about what a host loses: a device that the host needs, and the nearest
    that it does not. No other capture here shows what the host uses its devices for, but for the
    trees.

    \(FixtureIndex.table(["host", "device", "what it is"], uses))

    ## Hosts before and after: `diffs`

    Composed. Two snapshots, `old` and `new`, with the output of `diff` as text and as JSON, which
    `VFIO_PREFLIGHT_ACCEPT_GOLDEN=1 swift test --filter DiffFixtureTests` rewrites.

    \(FixtureIndex.table(["hosts", "what happened", "exit status"], diffs))

    ## Plain trees: `trees`

    Composed. The same content as directories, files and links, for tools that accept a tree: `lspci -A linux-sysfs -O sysfs.path=Fixtures/trees/example/sys/bus/pci`.

    \(FixtureIndex.table(["tree", "situation"], trees))

    ## Lists of operations: `predictions`

    Written by hand. For each rule that only predictions lead to: operations on the tree `example`
    that meet the rule (`firing`) and that do not (`silent`), with the answers of `predict`.

    ## Small states: `model`

    The answers of the model to every operation on every group of two and three members, kernel by
    kernel; its tests write them with `VFIO_PREFLIGHT_ACCEPT_GOLDEN=1`.

    ## What real kernels answered: `recordings`

    Recorded by `Tests/KernelRecordings/record.py`, never edited. `KERNEL/TOPOLOGY/host.snapshot` is
    the machine after boot, `about.txt` says what was booted and how, and each `PROGRAM.steps` holds
    sequences of operations with the kernel's answers; `Tests/KernelRecordings/README.md` describes
    the format. The tests compare every answer with that of the model.

    ## Input that broke something once: `hostile`

    A directory for each target of the fuzzer, with a file for each finding, named for what it shows.
    Found by `Tests/Fuzzing/run` or by hand; a test replays them all.

    """
  }

  private static var driverTable: String {
    let byClass = OrdinaryDrivers.table.map { row in
      let classes = row.classes.map { "`" + Hexadecimal.text($0, digits: 4) + "`" }
      let vendor = row.vendor.map { "`" + Hexadecimal.text($0, digits: 4) + "`" } ?? "any"
      return FixtureIndex.row([classes.joined(separator: ", "), vendor, "`\(row.driver)`"])
    }
    let byIdentity = OrdinaryDrivers.byIdentity.map { row in
      let id =
        Hexadecimal.text(row.vendor, digits: 4) + ":" + Hexadecimal.text(row.device, digits: 4)
      return FixtureIndex.row(["device `\(id)`", "", row.driver.map { "`\($0)`" } ?? "none"])
    }
    return table(["class", "vendor", "driver"], byIdentity + byClass)
  }

  private static func table(_ columns: [String], _ rows: [String]) -> String {
    ([row(columns), row(columns.map { _ in "---" })] + rows).joined(separator: "\n")
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  private static func sentence(_ text: String) -> String {
    (text.first.map { $0.uppercased() } ?? "") + text.dropFirst() + "."
  }
}
