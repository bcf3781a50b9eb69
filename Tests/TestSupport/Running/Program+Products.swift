extension Program {
  /// Where SwiftPM puts the products of the build that this test belongs to.
  ///
  /// The test bundle is one of them, and the first mapping of `/proc/self/maps` that carries its
  /// ending names it: `swift test` loads the bundle into a separate process, so the process's
  /// own path is the toolchain's.
  package static let productDirectory: String = {
    for line in TextFile.lines(of: "/proc/self/maps") {
      guard let start = line.firstIndex(of: "/") else { continue }
      let path = line[start...]
      guard path.hasSuffix(".xctest"), let slash = path.lastIndex(of: "/") else { continue }
      return String(path[..<slash])
    }
    preconditionFailure("this process holds no test bundle, so it has no products beside it")
  }()
}
