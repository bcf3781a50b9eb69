import OwnershipAnalysis
import Testing

@testable import Reporting

struct RulePageTests {
  private let awkward = Rule(
    slug: .mixedGroup, severity: .warning, title: "a title with \"quotes\" and a back\\slash",
    page: RulePage(
      meaning:
        ".dots start here. 'Quotes' follow! And --options, `ticks`, ~ and ^ stay as they are.",
      evidence: ["cat /sys/bus/pci/devices/*/driver_override", ".hidden -n 'x\\n'"],
      remedy: "echo 1 > /sys/x", kernels: "all",
      source: "\u{a7}8.2"),
    findings: { _ in [] })

  @Test func thePageHasEverySection() {
    let text = RulePageText.page(of: awkward)
    for section in ["Meaning", "By hand", "Remedy", "Kernels", "Messages", "Source"] {
      #expect(text.contains("\n\(section)\n    "), "\(section)")
    }
    #expect(text.hasPrefix("mixed-group: a title"))
    #expect(text.contains("    QEMU: group 13 is not viable\n"))
  }

  @Test func theManualEscapesWhatRoffWouldInterpret() {
    let text = RulePageManual([awkward]).text
    #expect(text.contains("\n\\&.dots start here.\n"))
    #expect(text.contains("\n\\(aqQuotes\\(aq follow!\n"))
    #expect(text.contains("\\-\\-options, \\(gaticks\\(ga, \\(ti and \\(ha stay"))
    #expect(text.contains("\n\\&.hidden \\-n \\(aqx\\en\\(aq\n"))
    #expect(text.contains("\n\\(sc8.2\n"))
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(!text.contains("\n\n"))
  }

  @Test func everyRuleIsExplainedOnce() {
    let index = RulePageText.index(of: RuleCatalogue.all)
    #expect(index.split(separator: "\n").count == RuleCatalogue.all.count + 1)
    let manual = RulePageManual(RuleCatalogue.all).text
    for rule in RuleCatalogue.all {
      #expect(index.contains("\n\(rule.slug.text) "), "\(rule.slug)")
      #expect(
        manual.contains(".Ss \(rule.slug.text.split(separator: "-").joined(separator: "\\-"))\n"))
      #expect(!rule.page.meaning.isEmpty && !rule.page.remedy.isEmpty, "\(rule.slug)")
    }
  }

  @Test func theJSONOfARuleHasItsTexts() {
    let document = RulePageJSON.value([awkward])
    #expect(document["schema"] == "vfio-preflight/explain/1")
    #expect(document["rules"]?[0]?["messages"]?[0]?["text"] == "group 13 is not viable")
    #expect(document["rules"]?[0]?["severity"] == "warning")
  }

  @Test func anIdentifierKeepsItsSpelling() {
    #expect(ManualText.sentence("vfio-pci refuses this") == "vfio-pci refuses this")
    #expect(
      ManualText.sentence("driver_override names a driver") == "driver_override names a driver")
    #expect(ManualText.sentence("a group has members") == "A group has members")
  }
}
