import HostModel
import OwnershipAnalysis
import Reporting
import Testing

/// What a host says of a message: its places, and the causes that it shows and rules out.
@Suite struct MessageAnswerTests {
  private func answer(
    _ text: String, isItsHost: Bool = true, _ prepare: (inout SmallHost) -> Void
  ) -> MessageAnswer {
    var host = SmallHost()
    prepare(&host)
    let audit = Analyzer.audit(host.snapshot, requestedKernel: KernelVersion(6, 12))
    return MessageAnswer(MessageSearch(text), on: audit, isItsHost: isItsHost)
  }

  private func causes(_ answer: MessageAnswer) -> [RuleSlug] {
    answer.causes.map(\.match.rule.slug)
  }

  private func mixed(_ host: inout SmallHost) {
    host.add("vfio-pci")
    host.add("snd_hda_intel")
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
    let answer = self.answer("vfio 0000:01:00.0: group 1 is not viable") { $0.add("vfio-pci") }
    #expect(causes(answer).first == .mixedGroup)
    #expect(answer.excluded == 0)
    #expect(answer.causes.filter(\.bearing.isShown).isEmpty)
  }

  @Test func aMessageOfAnotherHostRulesOutNothing() {
    let text = "vfio 0000:99:00.0: group 77 is not viable"
    let answer = self.answer(text, isItsHost: false, mixed)
    #expect(answer.places.map(\.isOnHost) == [false, false])
    #expect(answer.excluded == 0)
  }
}
