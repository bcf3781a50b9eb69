import HostModel
import OwnershipAnalysis
import Testing

@Suite("Values of --kernel")
struct KernelRequestTests {
  @Test(
    "a version, or a release with its suffix, is accepted",
    arguments: [
      ("6.12", KernelVersion(6, 12)), ("6.12.91", KernelVersion(6, 12, 91)),
      ("6.12-rc3", KernelVersion(6, 12)), ("6.1.0-18-amd64", KernelVersion(6, 1)),
      ("6.12.94+deb13-amd64", KernelVersion(6, 12, 94)), ("6.12.0+", KernelVersion(6, 12)),
      ("5.14.0-427.el9.x86_64", KernelVersion(5, 14)), ("6.12.1-arch1-1", KernelVersion(6, 12, 1)),
      ("5.15.90.1-microsoft-standard-WSL2", KernelVersion(5, 15, 90)),
      ("6.8.0-45-generic", KernelVersion(6, 8)), ("3.6", KernelVersion(3, 6)),
    ])
  func versions(text: String, version: KernelVersion) throws {
    #expect(try KernelRequest(text) == .version(version))
  }

  @Test(
    "anything else in or behind the numbers is refused",
    arguments: [
      "", "6", "6.", "6.12.", "6.12,", "6.12 ", " 6.12", "6.12rubbish", "6.12.99999999", "70000.1",
      "6..12", "+6.12", "6.+12", "6.-12", "v6.12", "6.12-", "6.12.1.1.1", "6.12-rc3;",
      "6.12-\u{e9}",
      "six", "rfc-2017", "RFC-2017-NOTIFY-BAD", "6.12\u{301}", "\u{661}.2",
    ])
  func malformed(text: String) {
    #expect(throws: KernelRequest.Unusable.malformed) { try KernelRequest(text) }
  }

  @Test("a kernel older than VFIO is refused", arguments: ["0.0", "0.99", "2.6.32", "3.5.7"])
  func withoutVFIO(text: String) {
    #expect(throws: KernelRequest.Unusable.self) { try KernelRequest(text) }
  }
}
