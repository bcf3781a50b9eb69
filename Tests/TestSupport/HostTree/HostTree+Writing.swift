import HostReader

extension HostTree {
  /// Writes the host below a directory that exists, as `--sysroot` takes it.
  package func write(to directory: String) throws(TreeFiles.Failure) {
    try TreeFiles.write(entries, to: directory)
  }
}
