import HostModel
import OwnershipAnalysis
import Reporting
import TestSupport
import Testing

/// What a host says of a message: its places, and the causes that it shows and rules out.
@Suite struct MessageAnswerTests {
  private func answer(
    _ text: String, isItsHost: Bool = true, _ prepare: (inout HostValues) -> Void
  ) -> MessageAnswer {
    var host = HostValues(KernelVersion(6, 12))
    host.vfio.unsafeInterrupts = .value(false)
    prepare(&host)
    let audit = Analyzer.audit(host.observed, requestedKernel: KernelVersion(6, 12))
    return MessageAnswer(MessageSearch(text), on: audit, isItsHost: isItsHost)
  }

  private func causes(_ answer: MessageAnswer) -> [RuleSlug] {
    answer.causes.map(\.match.rule.slug)
  }

  private func mixed(_ host: inout HostValues) {
    host.addFunction("vfio-pci")
    host.addFunction("snd_hda_intel")
  }

  @Test func theHostNamesItsCulprits() {
    let answer = self.answer("group 1 is not viable; group 13 is not viable", mixed)
    #expect(
      answer.places.map(\.sentence) == [
        "group 1 is not viable: 0000:01:00.1 is bound to snd_hda_intel", "there is no group 13",
      ])
    #expect(
      answer.places[0].culprits == [Culprit(device: "0000:01:00.1", driver: "snd_hda_intel")])
    let byDevice = self.answer("vfio 01:00.0: error", mixed)
    #expect(
      byDevice.places.map(\.sentence) == [
        "0000:01:00.0 is bound to vfio-pci and is in group 1; group 1 is not viable: "
          + "0000:01:00.1 is bound to snd_hda_intel"
      ])
  }

  @Test func whatTheHostShowsComesFirstAndWhatItRulesOutIsNotShown() {
    let answer = self.answer("vfio 0000:01:00.0: group 1 is not viable", mixed)
    #expect(causes(answer) == [.mixedGroup])
    #expect(answer.excluded == 3)
    #expect(answer.causes[0].bearing.isShown)
    let open = self.answer("vfio 0000:01:00.1: group 1 is not viable", isItsHost: false, mixed)
    #expect(causes(open) == [.mixedGroup])
  }

  @Test func aHostThatShowsNoneOfTheCausesHidesNone() {
    let answer = self.answer("vfio 0000:01:00.0: group 1 is not viable") {
      $0.addFunction("vfio-pci")
    }
    #expect(causes(answer).first == .mixedGroup)
    #expect(answer.isContradicted)
    #expect(answer.causes.filter(\.bearing.isShown).isEmpty)
  }

  @Test func aMessageOfAnotherHostRulesOutNothing() {
    let text = "vfio 0000:99:00.0: group 77 is not viable"
    let answer = self.answer(text, isItsHost: false, mixed)
    #expect(answer.places.map(\.isOnHost) == [false, false])
    #expect(answer.excluded == 0)
  }

  @Test func onlyAMediatedDeviceHasADriverThatMadeIt() {
    let text =
      "Verify all devices in group 1 are bound to vfio-<bus> or pci-stub and not already "
      + "in use"
    #expect(causes(answer(text, mixed)) == [.deviceNotOnVFIO])
    let mediated = causes(answer(text) { $0.addFunction("vfio_mdev", bus: .mdev) })
    #expect(mediated.contains(.vendorDriverRefused))
  }

  @Test func aBridgeElsewhereInTheGroupIsNotTheCause() {
    let text = "vfio-pci: probe of 0000:01:00.1 failed with error -22"
    let answer = self.answer(text) { host in
      host.addFunction("pcieport", bridge: true)
      host.addFunction("snd_hda_intel")
    }
    #expect(answer.causes.filter(\.bearing.isShown).isEmpty)
    let bridge = self.answer("vfio-pci: probe of 0000:01:00.0 failed with error -22") { host in
      host.addFunction("pcieport", bridge: true)
      host.addFunction("vfio-pci")
    }
    #expect(causes(bridge) == [.bridgeMember])
  }

  private func firstFact(_ answer: MessageAnswer) -> String? {
    guard case .shown(let fact, _) = answer.causes.first?.bearing else { return nil }
    return fact
  }

  @Test func theHostNamesTheFunctionsThatAResetWouldTakeToo() {
    let text = "Cannot reset device 0000:01:00.0, depends on group 14 which is not owned."
    func fact(of other: DriverName?) -> String? {
      firstFact(
        answer(text) { host in
          host.addFunction("vfio-pci")
          host.addFunction(other)
          host.devices[1].group = .value(14)
        })
    }
    let start = "on the same card, in another group: 0000:01:00.1 "
    #expect(fact(of: "snd_hda_intel") == start + "is bound to snd_hda_intel")
    #expect(fact(of: nil) == start + "has no driver")
    #expect(fact(of: "vfio-pci") == nil)
  }

  @Test func theHostSaysWhatVirtualFunctionsAreShortOf() {
    let text = "/sys/bus/pci/devices/0000:01:00.0/sriov_numvfs: No such file or directory"
    func fact(_ driver: DriverName?, total: Int, made: Int) -> String? {
      firstFact(
        answer(text) { host in
          host.addFunction(driver)
          host.devices[0].sriov = .physical(
            PhysicalFunction(
              totalVFs: .value(total),
              virtualFunctions: Array(repeating: "sys/devices/vf", count: made),
              driversAutoprobe: .absent))
        })
    }
    #expect(fact(nil, total: 8, made: 0)?.contains("no driver") == true)
    #expect(fact("ixgbe", total: 0, made: 0)?.contains("firmware") == true)
    #expect(fact("ixgbe", total: 8, made: 2)?.contains("has 2 of at most 8") == true)
    #expect(fact("ixgbe", total: 8, made: 0) == nil)
    let plain = answer(text) { $0.addFunction("e1000e") }
    #expect(firstFact(plain)?.contains("cannot have virtual functions") == true)
  }
}

extension HostValues {
  /// Adds `0000:01:00.N`, a function of one card.
  fileprivate mutating func addFunction(
    _ driver: DriverName?, bridge: Bool = false, bus: BusName = .pci
  ) {
    add(driver, named: DeviceName("0000:01:00.\(devices.count)"), bridge: bridge, bus: bus)
  }
}
