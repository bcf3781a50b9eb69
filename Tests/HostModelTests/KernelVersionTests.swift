import HostModel
import Testing

@Suite("Kernel versions")
struct KernelVersionTests {
  @Test(
    "a version is read from the numbers at the start of a release",
    arguments: [
      ("6.12.94+deb13-amd64", KernelVersion(6, 12, 94)),
      ("6.1.0-18-amd64", KernelVersion(6, 1, 0)),
      ("6.5.11-8-pve", KernelVersion(6, 5, 11)),
      ("7.3-rc4", KernelVersion(7, 3)),
      ("6.12", KernelVersion(6, 12)),
      ("5.14.0-427.el9.x86_64", KernelVersion(5, 14)),
      ("5.10.223", KernelVersion(5, 10, 223)),
      ("6.8.0.", KernelVersion(6, 8)),
      ("4.19.325.1", KernelVersion(4, 19, 325)),
    ])
  func parsed(text: String, version: KernelVersion) {
    #expect(KernelVersion(release: text) == version)
  }

  @Test(
    "a release without two numbers is refused",
    arguments: ["", "6", "6.", "v6.1", "six.one", " 6.1", "-6.1", "70000.1", "6.70000"])
  func malformed(text: String) {
    #expect(KernelVersion(release: text) == nil)
  }

  @Test("versions are ordered by number")
  func order() {
    let versions = [
      KernelVersion(6, 12, 91), KernelVersion(5, 19), KernelVersion(6, 6), KernelVersion(6, 12, 9),
    ]
    #expect(
      versions.sorted() == [
        KernelVersion(5, 19), KernelVersion(6, 6), KernelVersion(6, 12, 9),
        KernelVersion(6, 12, 91),
      ])
  }

  @Test("a patch level of zero is not shown")
  func text() {
    #expect(KernelVersion(6, 12).description == "6.12")
    #expect(KernelVersion(6, 12, 91).description == "6.12.91")
    #expect(KernelVersion(6, 12, 91).series == KernelVersion(6, 12))
  }
}
