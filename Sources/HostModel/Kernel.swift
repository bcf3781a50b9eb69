/// What the host says of its kernel.
package struct Kernel: Sendable, Equatable {
  /// `uname -r`, from `/proc/sys/kernel/osrelease`.
  package var release: Reading<String>
  /// `uname -v`, from `/proc/sys/kernel/version`; Debian puts its stable level here.
  package var build: Reading<String>
  /// `/proc/version_signature`, where Ubuntu names the upstream version it is based on.
  package var signature: Reading<String>
  /// The words of `/proc/cmdline`.
  package var commandLine: Reading<KernelCommandLine>
  /// Symbols of `/proc/kallsyms` that tell the regime (kernel-rules §1.1).
  package var symbols: Reading<Set<KernelSymbol>>
  /// Options of `/boot/config-RELEASE`, read only where a verdict needs them.
  package var options: Reading<[KernelOption: String]>

  package init(
    release: Reading<String>, build: Reading<String>, signature: Reading<String>,
    commandLine: Reading<KernelCommandLine>, symbols: Reading<Set<KernelSymbol>>,
    options: Reading<[KernelOption: String]>
  ) {
    self.release = release
    self.build = build
    self.signature = signature
    self.commandLine = commandLine
    self.symbols = symbols
    self.options = options
  }
}
