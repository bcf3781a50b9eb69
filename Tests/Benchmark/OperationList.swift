import HostModel
import TestSupport

/// A thousand operations of a provisioning script on a composed server: virtual functions of the
/// host's driver go to vfio-pci and are opened, one after the other, and back again.
enum OperationList {
  static let count = 1000

  /// One operation a line, in the grammar of `predict`.
  static func text(for host: HostTree) -> String {
    let functions = host.functions.filter { $0.driver == "iavf" }.map(\.name)
    var lines: [String] = []
    var round = 0
    while lines.count < count, !functions.isEmpty {
      for name in functions where lines.count < count {
        lines += [
          "override \(name) vfio-pci", "unbind \(name)", "bind \(name) vfio-pci",
          "open \(name) as vm\(round)-\(name)", "close vm\(round)-\(name)", "override \(name) -",
          "unbind \(name)", "bind \(name) iavf",
        ]
      }
      round += 1
    }
    return lines.prefix(count).joined(separator: "\n") + "\n"
  }
}
