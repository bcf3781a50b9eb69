import HostModel
import TestSupport

/// Operations on a composed server, one a line in the grammar of `predict`.
struct OperationList {
  private let lines: [String]

  /// The first `count` of them, from the start again where there are fewer.
  func text(count: Int) -> [UInt8] {
    guard !lines.isEmpty else { return [] }
    var text: [UInt8] = []
    for number in 0..<count { text += Array((lines[number % lines.count] + "\n").utf8) }
    return text
  }

  /// A provisioning script: virtual functions of the host's driver go to vfio-pci and are opened,
  /// one after the other, and back again.
  static func mixed(on host: HostTree) -> OperationList {
    OperationList(
      lines: host.functions.filter { $0.driver == "iavf" }.map(\.name).flatMap { name in
        [
          "override \(name) vfio-pci", "unbind \(name)", "bind \(name) vfio-pci",
          "open \(name) as vm-\(name)", "close vm-\(name)", "override \(name) -",
          "unbind \(name)", "bind \(name) iavf",
        ]
      })
  }

  /// The module of a driver goes and comes back, with all its devices.
  static func reloads(of module: ModuleName) -> OperationList {
    OperationList(lines: ["rmmod \(module)", "modprobe \(module)"])
  }

  /// A device leaves its driver and comes back.
  static func rebinds(of name: DeviceName, to driver: DriverName) -> OperationList {
    OperationList(lines: ["unbind \(name)", "bind \(name) \(driver)"])
  }

  /// Something happens to each device of the host, once.
  static func each(
    _ names: some Sequence<DeviceName>, _ line: (DeviceName) -> String
  ) -> OperationList {
    OperationList(lines: names.map(line))
  }

  var count: Int { lines.count }
}
