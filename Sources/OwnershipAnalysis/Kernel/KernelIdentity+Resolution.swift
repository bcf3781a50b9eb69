package import HostModel

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
