import HostModel
import TestSupport

/// How one fixture of `Fixtures/hosts` is made.
struct HostRecipe: Sendable {
  /// The fixture's name: the situation in a few words.
  let name: String
  /// One sentence: what the host shows.
  let situation: String
  /// The host's id in `real-hosts.json`; `nil` for a composed host.
  let source: String?
  /// What the source does not say, beside what `Fixtures/README.md` says about all.
  let assumptions: [String]
  let tree: @Sendable (RealHost?) throws(RecipeFailure) -> HostTree

  /// What `uname` says.
  struct KernelChoice: Sendable {
    let release: String
    let build: String
    var signature: String?

    static let debian11 = KernelChoice(
      release: "5.10.0-30-amd64", build: "#1 SMP Debian 5.10.218-1 (2024-06-01)")
    static let ubuntu2004 = KernelChoice(
      release: "5.15.0-119-generic", build: "#129~20.04.1-Ubuntu SMP",
      signature: "Ubuntu 5.15.0-119.129~20.04.1-generic 5.15.160")
    static let debian12 = KernelChoice(
      release: "6.1.0-37-amd64", build: "#1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1 (2025-05-22)")
    static let proxmox8 = KernelChoice(
      release: "6.5.11-8-pve", build: "#1 SMP PREEMPT_DYNAMIC PMX 6.5.11-8 (2024-01-30T12:27Z)")
    static let ubuntu2404 = KernelChoice(
      release: "6.8.0-45-generic", build: "#45-Ubuntu SMP PREEMPT_DYNAMIC",
      signature: "Ubuntu 6.8.0-45.45-generic 6.8.12")
    static let debian13 = KernelChoice(
      release: "6.12.94+deb13-amd64",
      build: "#1 SMP PREEMPT_DYNAMIC Debian 6.12.94-1 (2026-06-20)")
    static let mainline617 = KernelChoice(release: "6.17.0", build: "#1 SMP PREEMPT_DYNAMIC")
    static let mainline618 = KernelChoice(release: "6.18.2", build: "#1 SMP PREEMPT_DYNAMIC")
  }

  /// A host derived from a listing.
  static func listed(
    _ name: String, _ situation: String, from source: String, kernel: KernelChoice,
    iommu: IOMMUSetup, assuming assumptions: [String] = [],
    adjust: @escaping @Sendable (inout HostTree) -> Void = { _ in }
  ) -> HostRecipe {
    HostRecipe(name: name, situation: situation, source: source, assumptions: assumptions) {
      real throws(RecipeFailure) in
      guard let real else { throw RecipeFailure("no listing \(source) in real-hosts.json") }
      var host = try real.tree(on: kernel, iommu: iommu)
      adjust(&host)
      return host
    }
  }

  /// A host made up for a situation that no listing shows.
  static func composed(
    _ name: String, _ situation: String, kernel: KernelChoice,
    adjust: @escaping @Sendable (inout HostTree) -> Void
  ) -> HostRecipe {
    HostRecipe(name: name, situation: situation, source: nil, assumptions: ["all of it"]) {
      (_) throws(RecipeFailure) in
      var host = HostTree(kernel: kernel.release, build: kernel.build, iommu: .none)
      host.signature = kernel.signature
      adjust(&host)
      return host
    }
  }

  /// Class and ids where a report shows an address and no more.
  static let unprinted: [String: [String: (deviceClass: UInt32, id: PCIID)]] = [
    "issue-kubevirt-27": ["0000:01:00.1": (0x040300, "10de:0fbc")],
    "issue-beelink-platform": [
      "0000:00:01.0": (0x060000, "1022:14ea"), "0000:00:01.1": (0x060400, "1022:14ef"),
      "0000:00:01.2": (0x060400, "1022:14ee"), "0000:00:02.0": (0x060000, "1022:14ea"),
      "0000:00:02.2": (0x060400, "1022:14ee"), "0000:00:02.5": (0x060400, "1022:14ee"),
      "0000:00:03.0": (0x060000, "1022:14ea"), "0000:00:03.1": (0x060400, "1022:14ef"),
      "0000:00:03.2": (0x060400, "1022:14ee"),
    ],
  ]
}
