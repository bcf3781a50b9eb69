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
    /// Debian's `uname -v`, the only place that names the stable level.
    case debianBuild = "debian-build"
    /// Ubuntu's `/proc/version_signature`.
    case ubuntuSignature = "ubuntu-signature"
    /// `--kernel`.
    case requested
    /// The host does not say.
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

extension KernelIdentity {
  /// Decides which kernel's rules apply to a host.
  ///
  /// The stable level matters and distributions hide it: Debian writes it to `uname -v` only,
  /// Ubuntu to `/proc/version_signature`. Symbols decide the regime where they are known
  /// (kernel-rules §1.1), else the version does.
  package static func resolve(
    _ kernel: Kernel, requested: KernelRequest? = nil
  ) -> (identity: KernelIdentity, behavior: KernelBehavior) {
    if let requested {
      let behavior =
        switch requested {
        case .version(let version): KernelBehavior(version: version)
        case .design(let design): KernelBehavior(design: design)
        }
      let identity = KernelIdentity(
        version: requested.version, source: .requested, release: kernel.release.value,
        regime: behavior.regime, evidence: [])
      return (identity, behavior)
    }
    let (version, source, evidence) = version(of: kernel)
    let symbols = kernel.symbols.value ?? []
    let behavior = KernelBehavior(version: version, symbols: symbols)
    let identity = KernelIdentity(
      version: version, source: source, release: kernel.release.value, regime: behavior.regime,
      evidence: evidence + symbolEvidence(symbols))
    return (identity, behavior)
  }

  private static func version(
    of kernel: Kernel
  ) -> (version: KernelVersion?, source: Source, evidence: [Evidence]) {
    let release = kernel.release.value.flatMap(KernelVersion.init(release:))
    let releaseEvidence = kernel.release.value.map {
      Evidence(path: "proc/sys/kernel/osrelease", value: $0)
    }
    if let signature = kernel.signature.value, signature.hasPrefix("Ubuntu "),
      let upstream = signature.split(separator: " ").last.flatMap(KernelVersion.init(release:)),
      upstream.series == release?.series ?? upstream.series
    {
      return (
        upstream, .ubuntuSignature,
        [Evidence(path: "proc/version_signature", value: signature)]
      )
    }
    if let build = kernel.build.value, let debian = debianVersion(in: build),
      debian.series == release?.series ?? debian.series
    {
      return (
        debian, .debianBuild, [Evidence(path: "proc/sys/kernel/version", value: build)]
      )
    }
    guard let release else { return (nil, .unknown, releaseEvidence.map { [$0] } ?? []) }
    return (release, .release, releaseEvidence.map { [$0] } ?? [])
  }

  /// The upstream version in `#1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1 (2025-05-22)`.
  private static func debianVersion(in build: String) -> KernelVersion? {
    let words = build.split(separator: " ")
    guard let debian = words.firstIndex(of: "Debian"), debian + 1 < words.endIndex else {
      return nil
    }
    return KernelVersion(release: words[debian + 1])
  }

  private static func symbolEvidence(_ symbols: Set<KernelSymbol>) -> [Evidence] {
    symbols.map(\.rawValue).sorted().map { Evidence(path: "proc/kallsyms", value: $0) }
  }
}

extension KernelIdentity {
  /// Where a kernel lies beside those whose source was read.
  package enum Coverage: Sendable {
    case older
    case read
    case newer
  }

  /// `nil` when the version is not known. A series counts as read whole: a stable level keeps what
  /// its series does, except where a row of `KernelHistory` says otherwise.
  package var coverage: Coverage? {
    guard let series = version?.series else { return nil }
    if series < KernelHistory.oldestRead.series { return .older }
    return series > KernelHistory.newestRead.series ? .newer : .read
  }
}
