import HostModel
import OwnershipAnalysis
import Testing

@Suite("Which kernel's rules apply")
struct KernelIdentityTests {
  private func resolve(
    release: String?, build: String? = nil, signature: String? = nil,
    symbols: Reading<Set<KernelSymbol>> = .absent, requested: KernelVersion? = nil
  ) -> (identity: KernelIdentity, behavior: KernelBehavior) {
    func reading(_ text: String?) -> Reading<String> { text.map(Reading.value) ?? .absent }
    let kernel = Kernel(
      release: reading(release), build: reading(build), signature: reading(signature),
      commandLine: .absent, symbols: symbols, options: .absent)
    return KernelIdentity.resolve(kernel, requested: requested.map(KernelRequest.version))
  }

  @Test("Debian hides the stable level in its build text")
  func debian() {
    let result = resolve(
      release: "6.1.0-35-amd64", build: "#1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1 (2025-05-22)")
    #expect(result.identity.version == KernelVersion(6, 1, 140))
    #expect(result.identity.source == .debianBuild)
    #expect(result.behavior.has(.denylistHasAccelerators))
  }

  @Test("Ubuntu names its upstream version in a separate file")
  func ubuntu() {
    let result = resolve(
      release: "6.8.0-45-generic", build: "#45-Ubuntu SMP PREEMPT_DYNAMIC",
      signature: "Ubuntu 6.8.0-45.45-generic 6.8.12")
    #expect(result.identity.version == KernelVersion(6, 8, 12))
    #expect(result.identity.source == .ubuntuSignature)
  }

  @Test("a build text of another series is not believed")
  func foreignBuild() {
    let result = resolve(release: "6.12.5", build: "#1 SMP Debian 6.1.140-1")
    #expect(result.identity.version == KernelVersion(6, 12, 5))
    #expect(result.identity.source == .release)
  }

  @Test("symbols decide the regime of a vendor kernel with an old number")
  func vendorBackport() {
    let result = resolve(
      release: "5.14.0-427.13.1.el9_4.x86_64",
      symbols: .value([.claimsOwnership, .claimsByDevice]))
    #expect(result.identity.regime == .dmaOwnership)
    #expect(result.behavior.has(.ownershipByDevice))
    // What came with the backported feature is no longer known, and not guessed.
    #expect(result.behavior.presence(of: .directRegionRefusesClaim) == .unread)
    #expect(result.behavior.presence(of: .mixedBusesAccepted) == .unread)
  }

  @Test("an old kernel whose symbols confirm it stays in the first regime")
  func oldKernel() {
    let result = resolve(release: "5.10.0-30-amd64", symbols: .value([.notifiesBinds]))
    #expect(result.identity.regime == .viabilityAtOpen)
    #expect(result.behavior.presence(of: .directRegionRefusesClaim) == .no)
  }

  @Test("a requested kernel overrules the host's version and symbols")
  func requested() {
    let result = resolve(
      release: "6.12.5", symbols: .value([.claimsOwnership]), requested: KernelVersion(5, 10))
    #expect(result.identity.regime == .viabilityAtOpen)
    #expect(result.identity.source == .requested)
    #expect(result.identity.release == "6.12.5")
  }

  @Test("without any release nothing is assumed")
  func unknown() {
    let result = resolve(release: nil)
    #expect(result.identity.regime == .unknown)
    #expect(result.identity.version == nil)
  }
}
