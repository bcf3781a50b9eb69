import HostModel
import OwnershipAnalysis
import Reporting
import TestSupport
import Testing

/// Messages as users have them, and the rules that they lead to.
@Suite struct MessageSearchTests {
  struct Known: Sendable, CustomTestStringConvertible {
    let rule: RuleSlug
    let text: String
    var testDescription: String { "\(rule): \(text)" }
  }

  static let known = RuleCatalogue.all.flatMap { rule in
    rule.page.messages.map { Known(rule: rule.slug, text: $0.text) }
  }

  @Test(arguments: known)
  func everyMessageFindsItsRule(known: Known) {
    let found = MessageSearch(known.text).matches
    #expect(found.contains { $0.rule.slug == known.rule && $0.message.text == known.text })
    // What stands first is as long a message, or the same one of another rule.
    #expect(found.first.map { words($0.message.text) >= words(known.text) } == true)
  }

  @Test(arguments: known)
  func numbersCaseAndQuotesDoNotMatter(known: Known) {
    let text =
      known.text.replacing("0000:01:00.0", with: "10000:e1:1f.7")
      .replacing("0000:01:00.1", with: "00ff:af:00.0")
      .replacing("8086:0b25", with: "8086:0cfe").replacing("/13", with: "/4")
      .replacing("group 13", with: "group 207").replacing("1234", with: "2018")
      .replacing("\"", with: "'").replacing("'on'", with: "\u{2018}on\u{2019}").uppercased()
      .replacing(" ", with: "  ")
    #expect(MessageSearch(text).matches.contains { $0.rule.slug == known.rule })
  }

  @Test(arguments: known)
  func aLogLineWithAMessageFindsItsRule(known: Known) {
    let line =
      "Nov 21 05:36:53 host qemu-system-x86_64[4711]: -device vfio-pci,host=0000:01:00.0: "
      + "vfio 0000:01:00.0: \(known.text)\nNov 21 05:36:54 host systemd[1]: stopped"
    #expect(MessageSearch(line).matches.contains { $0.rule.slug == known.rule })
  }

  @Test(arguments: [
    "", " ", "hello world", "13", "0000:01:00.0 13", "write error: No such file or directory",
    "the quick brown fox jumps over the lazy dog", "\u{1b}[31m",
  ])
  func anUnknownTextFindsNoRule(text: String) {
    #expect(MessageSearch(text).matches.map(\.rule.slug) == [])
  }

  @Test func theLongestMessageComesFirst() {
    let text = "vfio: failed to open /dev/vfio/7: No such file or directory"
    let slugs = MessageSearch(text).matches.map(\.rule.slug)
    #expect(slugs.first == .groupHasNoNode)
    #expect(slugs.contains(.groupInUse))
    let dpdk = "0000:01:00.0 VFIO group is not viable! Not all devices in IOMMU group bound to VFIO"
    #expect(MessageSearch(dpdk).matches.first?.rule.slug == .mixedGroup)
  }

  @Test func aPartOfAMessageFindsItsRule() {
    let slugs = MessageSearch("is not viable").matches.map(\.rule.slug)
    #expect(slugs.first == .mixedGroup)
    #expect(slugs.contains(.bridgeDriverBlocks))
  }

  @Test func aNameInALongMessageMayDiffer() {
    let text =
      "vfio-pci 0000:05:00.0: Device is currently in use, task \"libvirtd\" (99) blocked until "
      + "device is released"
    #expect(MessageSearch(text).matches.map(\.rule.slug) == [.unbindInProgress])
  }

  @Test func groupsAndDevicesInATextAreFound() {
    let search = MessageSearch(
      "0000:02:00.0: group 13, /dev/vfio/4 and iommu_groups/7/devices/0000:01:00.1, 13 at 05:36:53")
    #expect(search.groups == [4, 7, 13])
    #expect(search.devices.map(\.description) == ["0000:01:00.1", "0000:02:00.0"])
    #expect(MessageSearch("group 0x13 of 13").groups == [])
  }

  @Test func theCulpritsOfAMentionedGroupAreNamed() {
    let audit = HostValues(KernelVersion(6, 12), "vfio-pci", "snd_hda_intel").audit
    let text = "0000:01:01.0: group 1 is not viable; group 13 is not viable"
    let groups = MessageSearch(text).mentionedGroups(on: audit)
    #expect(
      groups.map(\.sentence)
        == ["group 1 is not viable: 0000:01:02.0 is bound to snd_hda_intel"])
    #expect(groups[0].culprits == [Culprit(device: "0000:01:02.0", driver: "snd_hda_intel")])
    let byDevice = MessageSearch("vfio 01:01.0: error").mentionedGroups(on: audit)
    #expect(
      byDevice.map(\.sentence) == [
        "0000:01:01.0 is in group 1; group 1 is not viable: 0000:01:02.0 is bound to snd_hda_intel"
      ])
  }

  private func words(_ text: String) -> Int { text.split(separator: " ").count }
}
