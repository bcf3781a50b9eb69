import TestSupport
import Testing

/// Mistakes on the command line: one line that names the mistake and what is known, status 64.
struct UsageTests {
  @Test(arguments: [
    (["--foo"], "unknown option '--foo'; known: --sysroot, --fleet, --kernel, --json"),
    (["list", "--jsn"], "unknown option '--jsn'; known: --sysroot"),
    (
      ["foo"],
      "unexpected argument 'foo'; commands: audit, list, candidates, check, predict, snapshot, "
        + "diff, explain"
    ),
    (["list", "-o", "FOO"], "no column 'FOO'; known: GROUP,VIABILITY,"),
    (["list", "-o", "+"], "no column named"),
    (["list", "-o", ""], "no column named"),
    (["list", "-o", "GROUP,,ADDRESS"], "a column without a name in 'GROUP,,ADDRESS'"),
    (["list", "-o", "GROUP,"], "a column without a name in 'GROUP,'"),
    (["check", "--driver", "", "x"], "not the name of a driver: ''"),
    (["check", "--driver", "../vfio-pci", "x"], "not the name of a driver: '../vfio-pci'"),
    (["explain", "mixd-group"], "no rule 'mixd-group'; the nearest are mixed-group, "),
    (["--kernel", "six"], "the value 'six' is invalid for '--kernel <version>'"),
    (["--kernel", "6.12rubbish"], "the value '6.12rubbish' is invalid for '--kernel <version>'"),
    (["list", "--kernel", "6.12,"], "the value '6.12,' is invalid for '--kernel <version>'"),
    (["--kernel", "6.12.99999999"], "the value '6.12.99999999' is invalid for '--kernel"),
    (
      ["predict", "--kernel", "0.0", "probe x"],
      "the value '0.0' is invalid for '--kernel <version>': kernel 0.0 is older than VFIO"
    ),
    (["diff", "--kernel", "6.12 ", "old"], "the value '6.12 ' is invalid for '--kernel"),
    (["list", "-d", "10de"], "the value '10de' is invalid for '-d <vendor:device>'"),
    (["--color", "red"], "the value 'red' is invalid for '--color <when>'"),
    (["snapshot", "--show", "-o", "x"], "--show writes no file: leave out --output"),
    (["--sysroot"], "missing value for '--sysroot <source>'"),
    (["explain", "--format", "man", "mixed-group"], "--format man writes all rules"),
    (["--fleet", "a", "-s", "b"], "--fleet names all captures; it does not go with --sysroot"),
    (["--fleet", "a", "-v"], "--verbose shows one host in full; a fleet has one row for each"),
    (["-s", "a", "-s", "b", "--group", "1"], "--group and --device select within one host"),
    (["--fleet", "a", "--device", "01:00.0"], "--group and --device select within one host"),
    (["-s", "-", "-s", "-"], "standard input can be only one of the sources"),
  ])
  func aUsageErrorIsReportedInOneLine(arguments: [String], message: String) async throws {
    let outcome = try await Sample.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("vfio-preflight: " + message))
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    (["--group", "99"], "no group '99' on this host; it has groups 0, 1"),
    (["list", "--group", "x"], "no group 'x' on this host"),
    (["--device", "01:00.7"], "no device '01:00.7' on this host; the nearest are 0000:01:00.0"),
    (["list", "nonsense"], "no device 'nonsense' on this host; the nearest are "),
    (["list", "--driver", "vfio"], "no driver 'vfio' on this host; the nearest are "),
    (["list", "evil\u{1b}[2J"], "no device 'evil\\x1b[2J' on this host"),
  ])
  func aNameThatTheHostDoesNotHaveIsReported(arguments: [String], message: String) async throws {
    let tree = try Sample.tree(Sample.mixed)
    let outcome = try await Sample.run(arguments + ["-s", tree.path])
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("vfio-preflight: " + message), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: [[], ["audit"], ["list"], ["snapshot"], ["explain"]])
  func helpGoesToStandardOutputWithStatusZero(command: [String]) async throws {
    let outcome = try await Sample.run(command + ["--help"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("USAGE: vfio-preflight"))
    #expect(!outcome.output.hasSuffix("\n\n"))
    #expect(outcome.errors.isEmpty)
    let asked = try await Sample.run(["help"] + command)
    #expect(asked.output == outcome.output)
  }

  @Test func versionGoesToStandardOutputWithStatusZero() async throws {
    let outcome = try await Sample.run("--version")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("vfio-preflight "))
  }
}
