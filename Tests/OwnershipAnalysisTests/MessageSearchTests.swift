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
    rule.messages.map { Known(rule: rule.slug, text: $0.text) }
  }

  private func slugs(_ text: String) -> [RuleSlug] {
    MessageSearch(text).matches.map(\.rule.slug)
  }

  @Test(arguments: known)
  func everyMessageOfAPageFindsItsRule(known: Known) {
    #expect(slugs(known.text).contains(known.rule))
  }

  @Test(arguments: known)
  func otherNumbersCaseQuotesAndBlanksDoNotMatter(known: Known) {
    let text =
      known.text.replacing("0000:01:00.0", with: "10000:e1:1f.7")
      .replacing("8086:0b25", with: "8086:0cfe").replacing("/13", with: "/4")
      .replacing("group 13", with: "group 207").replacing("\"", with: "'")
      .replacing("'on'", with: "\u{2018}on\u{2019}").replacing(" ", with: "  ")
    #expect(slugs(text).contains(known.rule))
    #expect(slugs(text.uppercased()).contains(known.rule))
  }

  @Test(arguments: known)
  func aLogLineThatHasItFindsIt(known: Known) {
    let line =
      "Nov 21 05:36:53 host qemu-system-x86_64[4711]: -device vfio-pci,host=0000:01:00.0: "
      + "vfio 0000:01:00.0: \(known.text)\nNov 21 05:36:54 host systemd[1]: stopped"
    #expect(slugs(line).contains(known.rule))
  }

  /// A terminal breaks long lines where it likes.
  @Test(arguments: known)
  func wrappedAndColouredItIsTheSame(known: Known) {
    let words = known.text.split(separator: " ")
    let text = words.map { "\u{1b}[33m\($0)\u{1b}[0m" }.joined(separator: "\n  ")
    #expect(slugs(text) == slugs(known.text))
  }

  @Test(arguments: [
    "", " ", "hello world", "13", "0000:01:00.0 13", "cat: /tmp/x: No such file or directory",
    "the quick brown fox jumps over the lazy dog", "\u{1b}[31m", "group", "…",
  ])
  func anUnknownTextFindsNone(text: String) {
    #expect(slugs(text) == [])
  }

  @Test(
    arguments: [
      ("vfio: failed to open /dev/vfio/7: No such file or directory", .groupHasNoNode),
      ("vfio: failed to open /dev/vfio/7: Device or resource busy", .groupInUse),
      ("vfio: failed to open /dev/vfio/7: Operation not permitted", .nodeNotAccessible),
      ("error getting device from group 5: No such device", .deviceNotOnVFIO),
      ("error getting device from group 5: Input/output error", .vendorDriverRefused),
      ("probe with driver vfio-pci failed with error -22", .noIOMMUGroup),
      ("x: probe with driver vfio-pci failed with error -16", .pfWithVFs),
      ("x: probe with driver nvidia failed with error -16", .driverProbeFailed),
    ] as [(String, RuleSlug)])
  func errnoAndDriverDecide(text: String, rule: RuleSlug) {
    #expect(slugs("0000:01:00.0: " + text).first == rule)
  }

  @Test(arguments: [
    "Device or resource busy", "device or resource busy", "-16", "16", "EBUSY",
    "[Errno 16] Device or resource busy", "Device or resource busy (os error 16)",
    "Das Gerät oder die Ressource ist belegt", "Périphérique ou ressource occupé", "设备或资源忙",
    "Resource busy", "Os { code: 16, kind: ResourceBusy }",
  ])
  func anErrnoIsReadInEverySpelling(errno: String) {
    #expect(slugs("/dev/vfio/13: \(errno)") == [.groupInUse])
  }

  @Test func aHintDoesNotOutweighTheError() {
    let hint =
      "Verify all devices in group 53 are bound to vfio-<bus> or pci-stub and not already in use"
    #expect(slugs(hint).first == .deviceNotOnVFIO)
    let text = "error getting device from group 53: Input/output error\n\(hint)"
    #expect(slugs(text) == [.vendorDriverRefused])
  }

  @Test(
    arguments: [
      (
        "mytool: cannot use group node /dev/vfio/12, giving up: permission denied",
        .nodeNotAccessible
      ),
      ("attach: bind 0000:3b:00.0 to vfio-pci was refused: invalid argument", .noIOMMUGroup),
      ("setup of sriov_numvfs=8 on ens1 went wrong (Device or resource busy)", .sriovRefused),
    ] as [(String, RuleSlug)])
  func theFileAndTheErrnoAreEnough(text: String, rule: RuleSlug) {
    #expect(slugs(text).first == rule)
  }

  @Test func aPartOfAMessageFindsIt() {
    #expect(slugs("is not viable").first == .mixedGroup)
    #expect(slugs("is not viable").contains(.bridgeDriverBlocks))
    #expect(slugs("is not") == [])
  }

  @Test func theMessageHasTheValuesOfTheText() {
    let search = MessageSearch(
      "vfio 0000:0a:00.1: failed to open /dev/vfio/207: Keine Berechtigung")
    #expect(
      search.matches.map(\.message.text) == ["failed to open /dev/vfio/207: Permission denied"])
    let probe = MessageSearch("vfio-pci: probe of fff51000.ethernet failed with error -22")
    #expect(
      probe.matches.first?.message.text
        == "vfio-pci: probe of fff51000.ethernet failed with error -22")
  }

  @Test func anUnknownTextNamesTheNearestMessage() {
    let search = MessageSearch("vfio: the group 13 was not viable yesterday")
    #expect(search.matches.isEmpty)
    #expect(search.nearest?.rule == .mixedGroup)
    #expect(MessageSearch("hello world").nearest == nil)
  }

  @Test func groupsAndDevicesAreNamedInTheirOrder() {
    let search = MessageSearch(
      "0000:02:00.0: group 13, /dev/vfio/4 and iommu_groups/7/devices/0000:01:00.1, 13 at "
        + "05:36:53; pci_0000_0b_00_0, 0a:00.0 and 0000\\:0c\\:00.0")
    #expect(search.groups == [13, 4, 7])
    #expect(
      search.devices.map(\.description) == [
        "0000:02:00.0", "0000:01:00.1", "0000:0b:00.0", "0000:0a:00.0", "0000:0c:00.0",
      ])
    #expect(MessageSearch("group 0x13 of 13").groups == [])
  }

  /// Every token of it begins a form, or could be a gap's end.
  @Test func aHostileTextTakesTimeInProportion() {
    for words in [
      "group ", "vfio ", "vfio_dma_map ", "device ", "not ready x after ", "01:00.0 ", "\\",
    ] {
      let text = String(repeating: words, count: 200_000 / words.utf8.count)
      #expect(MessageSearch(text).matches.isEmpty)
    }
  }

  @Test func aMessageIsFoundAcrossBlocks() {
    for distance in [1 << 15 - 200, 1 << 15 - 5, 1 << 15 - 1, 1 << 15, 1 << 16] {
      let text = String(repeating: "x ", count: distance) + "group 13 is not viable"
      #expect(slugs(text).first == .mixedGroup, "\(distance)")
    }
  }
}
