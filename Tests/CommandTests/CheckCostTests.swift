import TestSupport
import Testing

/// `check` and `predict` say what the host loses, after what the kernel answers.
@Suite struct CheckCostTests {
  private func run(_ fixture: String, _ arguments: String...) async throws -> Program.Outcome {
    let path = Fixture.directory + "/use/\(fixture).snapshot"
    return try await Sample.run(arguments + ["--sysroot", path])
  }

  @Test func theDiskOfTheRootExitsWithTwoAndIsNamed() async throws {
    let outcome = try await run("host-root-disk.firing", "check", "02:00.0")
    #expect(
      outcome.output == """
        0000:02:00.0: accepted
            loses     / on nvme0n1p2 (dm-1)  [host-root-disk]
                      swap on nvme0n1p2 (dm-2)  [host-root-disk]
            hurts     the EFI system partition on nvme0n1p1  [host-mount]
        the host would be lost: --allow-loss root-disk accepts that

        """)
    #expect(outcome.status == 2)
  }

  @Test(
    arguments: [
      (["root-disk"], 1), (["root-disk,mount"], 0), (["mount"], 2), (["root-disk", "mount"], 0),
      (["default-route"], 2),
    ] as [([String], Int32)])
  func whatIsAllowedCountsNoMore(kinds: [String], status: Int32) async throws {
    let path = Fixture.directory + "/use/host-root-disk.firing.snapshot"
    let options = kinds.flatMap { ["--allow-loss", $0] }
    let outcome = try await Sample.run(["check", "02:00.0", "-s", path] + options)
    #expect(Int32(outcome.status ?? -1) == status)
    #expect(outcome.output.contains("loses     / on nvme0n1p2"))
  }

  @Test func aKindThatIsNotKnownIsAUsageError() async throws {
    let outcome = try await run("host-root-disk.firing", "check", "02:00.0", "--allow-loss", "disk")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("no kind of loss 'disk'; known: root-disk,mount,default-route"))
  }

  @Test func aRemovalThatWaitsIsNotAccepted() async throws {
    let outcome = try await run("host-open-device.firing", "check", "00:1f.3")
    #expect(outcome.status == 2)
    #expect(
      outcome.output.hasPrefix(
        "0000:00:1f.3: blocks: unbind: the removal of snd_hda_intel waits until it is closed: "
          + "wireplumber (1204) has /dev/snd/controlC0 open  [host-open-device]\n"))
  }

  /// An ordinary user does not see who has it open, and the driver's removal would wait for them.
  @Test func usersThatAreNotSeenLeaveARemovalUndetermined() async throws {
    let path = Fixture.directory + "/use/host-open-device.silent.snapshot"
    let file = try #require(TextFile.text(of: path))
    let input = file.replacing("\n/dev/* -\n", with: "\n/dev/* ! EACCES\n")
    let outcome = try await Sample.run(["check", "00:1f.3", "-s", "-"], input: input)
    #expect(outcome.status == 3)
    #expect(outcome.output.hasPrefix("0000:00:1f.3: undetermined: unbind: the removal of snd_hda"))
    // A driver that lets go all the same is a note, and no doubt.
    let other = try await Sample.run(["check", "05:00.0", "-s", "-"], input: input)
    #expect(other.status == 0)
    #expect(other.output.contains("\nnote: not every process was seen"))
  }

  /// What was not read is never nothing.
  @Test func aCaptureWithoutTheFactsCannotTell() async throws {
    let path = Fixture.host("laptop-thunderbolt-and-usb-in-one-group").path
    let devices = try await Sample.run(
      "list", "-nr", "-o", "address", "--driver", "nvme", "-s", path)
    let name = try #require(devices.output.split(separator: "\n").first)
    let outcome = try await Sample.run("check", String(name), "-s", path)
    #expect(outcome.status == 3)
    let lines = outcome.output.split(separator: "\n").filter { $0.hasPrefix("cannot tell") }
    #expect(
      lines == [
        "cannot tell what the host loses: this capture does not hold what the host uses its "
          + "devices for"
      ])
    let prediction = try await Sample.run("predict", "unbind \(name)", "-s", path)
    #expect(prediction.output.contains("note: what the host loses is not known"))
  }

  @Test func aPredictionSaysWhatGoes() async throws {
    let outcome = try await run(
      "host-root-disk.firing", "predict", "unbind 02:00.0", "rmmod igb", "unbind 02:00.0")
    for line in [
      "the host loses / on nvme0n1p2 (dm-1)  [host-root-disk]",
      "the host loses swap on nvme0n1p2 (dm-2)  [host-root-disk]",
      "the host loses the EFI system partition on nvme0n1p1  [host-mount]",
    ] {
      #expect(outcome.output.contains("          \(line)\n"))
    }
    #expect(outcome.output.matches(of: /the host loses \/ on/).count == 1)
  }
}
