import Glibc

/// What the running user may do; tests that need more, or less, are skipped with these.
package enum Privilege {
  package static let isRoot = geteuid() == 0

  /// Whether a mount namespace can be had, as root or through a user namespace; some machines forbid it.
  package static func canUnshareMounts() async -> Bool {
    let outcome = try? await Program(named: "unshare").run(
      unshareArguments + ["true"], timeout: .seconds(10))
    return outcome?.status == 0
  }

  /// Arguments of `unshare` that give a mount namespace of one's own.
  package static var unshareArguments: [String] {
    isRoot ? ["--mount"] : ["--map-root-user", "--mount"]
  }
}
