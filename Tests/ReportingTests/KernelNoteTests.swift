import HostModel
import OwnershipAnalysis
import Testing

@testable import Reporting

struct KernelNoteTests {
  private func audit(_ version: KernelVersion?) -> Audit {
    Analyzer.audit(SampleAudit.mixedGroup.host, requestedKernel: version)
  }

  @Test(arguments: [
    (
      KernelVersion(9, 0),
      "note: kernel 9.0 is newer than any that was read (5.10 to 7.3): rules of 7.3 are applied "
        + "unverified\n"
    ),
    (
      KernelVersion(4, 4),
      "note: kernel 4.4 is older than any that was read (5.10 to 7.3): rules of 5.10 are applied "
        + "unverified\n"
    ),
  ])
  func aKernelOutsideTheVerifiedRangeIsNoted(version: KernelVersion, note: String) {
    let audit = audit(version)
    #expect(KernelNote(audit.kernel).text == note)
    #expect(AuditText(audit).text.contains("\n" + note))
    #expect(KernelJSON.value(audit.kernel)["verified"] == .bool(false))
  }

  @Test func aVerifiedKernelHasNoNote() {
    for version in [KernelVersion(5, 10), KernelVersion(6, 12, 91), KernelVersion(7, 3, 9)] {
      let kernel = audit(version).kernel
      #expect(KernelNote(kernel).text.isEmpty)
      #expect(KernelJSON.value(kernel)["verified"] == .bool(true))
    }
  }

  @Test func anUnknownKernelHasNoNoteAndIsNeitherVerifiedNorNot() {
    let kernel = KernelIdentity(
      version: nil, source: .unknown, release: nil, regime: .unknown, evidence: [])
    #expect(KernelNote(kernel).text.isEmpty)
    #expect(KernelJSON.value(kernel)["verified"] == .null)
  }
}
