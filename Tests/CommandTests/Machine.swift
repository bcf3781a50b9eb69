import TestSupport

/// What this machine has; tests that need it are skipped where it is missing.
enum Machine {
  static let hasFullDevice = has("full", in: "/dev")
  static let hasScript = has("script", in: "/usr/bin")
  static let hasMandoc = has("mandoc", in: "/usr/bin")
  static let hasStrace = has("strace", in: "/usr/bin")

  /// The database is built when the package `udev` is installed; the library alone has none.
  static let hasHardwareDatabase = [
    "/etc/systemd/hwdb", "/etc/udev", "/usr/lib/systemd/hwdb", "/usr/lib/udev", "/lib/udev",
  ].contains { has("hwdb.bin", in: $0) }

  private static func has(_ name: String, in directory: String) -> Bool {
    TreeFiles.names(in: directory).contains(name)
  }
}
