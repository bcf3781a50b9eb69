package import HostModel

/// Which kernel's rules apply, and how that is known.
package struct KernelIdentity: Sendable, Equatable {
  /// The upstream version whose rows apply; `nil` when the host does not say.
  package let version: KernelVersion?
  package let source: Source
  /// The host's own release text, whatever rules apply.
  package let release: String?
  package let regime: Regime
  /// The facts that decided the regime.
  package let evidence: [Evidence]

  package enum Source: String, Sendable {
    /// `uname -r`.
    case release
    /// Debian's `uname -v`, which alone names the stable level.
    case debianBuild = "debian-build"
    /// Ubuntu's `/proc/version_signature`.
    case ubuntuSignature = "ubuntu-signature"
    /// `--kernel`.
    case requested
    /// Nothing told.
    case unknown
  }

  /// Who refuses, and when (kernel-rules §1.1).
  package enum Regime: String, Sendable {
    /// Up to 5.18: VFIO looks at viability when a device is opened; binds are never refused.
    case viabilityAtOpen = "viability-at-open"
    /// From 5.19: DMA ownership; binds and claims are refused.
    case dmaOwnership = "dma-ownership"
    case unknown
  }

  package init(
    version: KernelVersion?, source: Source, release: String?, regime: Regime,
    evidence: [Evidence]
  ) {
    self.version = version
    self.source = source
    self.release = release
    self.regime = regime
    self.evidence = evidence
  }
}
