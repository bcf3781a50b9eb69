import OwnershipAnalysis
import Testing

@testable import Reporting

struct AuditJSONTests {
  @Test func theDocumentHasTheDocumentedShape() throws {
    let document = AuditJSON(SampleAudit.mixedGroup).value
    #expect(document["schema"] == "vfio-preflight/audit/1")
    #expect(document["kernel"]?["regime"] == "dma-ownership")
    #expect(document["summary"]?["exit_status"] == .integer(2))
    #expect(document["summary"]?["groups_by_use"]?["mixed"] == .integer(1))
    #expect(document["summary"]?["groups_by_viability"]?["viable"] == .integer(2))

    let group = try #require(document["groups"]?[1])
    #expect(group["group"] == .integer(1))
    #expect(group["viability"] == "not-viable")
    #expect(group["obstacles"]?[0]?["call"] == "SET_CONTAINER")
    #expect(group["obstacles"]?[0]?["errno"] == "EPERM")
    #expect(group["obstacles"]?[0]?["culprits"]?[0]?["driver"] == "snd_hda_intel")
    #expect(group["members"]?[0]?["id"] == "10de:13c2")
    #expect(group["members"]?[0]?["class"] == "0300")
    #expect(group["members"]?[0]?["override"] == .null)
    #expect(group["reserved_regions"]?[0]?["end"] == .unsigned(.max))

    let finding = try #require(document["findings"]?[0])
    #expect(finding["rule"] == "mixed-group")
    #expect(finding["devices"] == ["0000:01:00.1"])
    #expect(finding["evidence"]?[0]?["value"] == "snd_hda_intel")
  }

  @Test func unknownValuesArePresentAsNull() throws {
    let member = try #require(AuditJSON(SampleAudit.hostile).value["groups"]?[0]?["members"]?[1])
    for key in ["class", "id", "numa", "iommu", "role", "vfio"] {
      #expect(member[key] == .null, "\(key)")
    }
  }

  @Test func theSameAuditGivesIdenticalEscapedText() {
    let first = JSONText(AuditJSON(SampleAudit.hostile).value).text
    let second = JSONText(AuditJSON(SampleAudit.hostile).value).text
    #expect(first == second)
    #expect(first.unicodeScalars.allSatisfy { $0 == "\n" || !TerminalText.isHostile($0) })
  }
}
