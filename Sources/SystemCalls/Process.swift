import Glibc

/// This process, its machine, and the children that it started.
package enum Process {
  package static var number: Int32 { getpid() }

  /// How many processors the machine has switched on.
  package static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// A variable of the environment.
  ///
  /// The text belongs to the environment, which this program never changes; it is copied at once.
  package static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  package static func exit(_ status: Int32) -> Never {
    Glibc.exit(status)
  }

  /// Kills a child, which may take as long as the kernel lets it.
  package static func kill(_ child: Int32) {
    _ = Glibc.kill(child, SIGKILL)
  }

  /// Takes note of a child's end: waits for it, or looks once.
  package static func reap(_ child: Int32, waiting: Bool) {
    _ = waitpid(child, nil, waiting ? 0 : WNOHANG)
  }
}
