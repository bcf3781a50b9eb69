import HostModel
import TestSupport

/// A composed host with a single group.
enum SingleGroupTree {
  /// Disks on the host's driver, all in group 0.
  static func host(memberCount: Int) -> HostTree {
    var host = ComposedHost.empty
    for number in 0..<memberCount {
      var function = PCIFunction(
        ComposedHost.name(number), class: 0x010802, id: "144d:a80a", driver: "nvme")
      function.group = 0
      host.add(function)
    }
    return host
  }
}

/// A composed host with a device for each machine, on VFIO and in a separate group.
enum MachinesTree {
  /// - Parameter isBusy: whether each device is held by a running machine.
  static func host(count: Int, isBusy: Bool) -> HostTree {
    var host = ComposedHost.empty
    for number in 0..<count {
      var function = PCIFunction(
        ComposedHost.name(number), class: 0x020000, id: "8086:1592", driver: "vfio-pci")
      function.driverOverride = "vfio-pci"
      function.group = GroupNumber(UInt32(number))
      host.add(function)
    }
    guard isBusy else { return host }
    host.processes = (0..<count).map {
      HostProcess(
        5000 + $0, "qemu-system-x86",
        files: [20: "/dev/vfio/\($0)", 21: "anon_inode:[vfio-device]", 22: "/dev/vfio/vfio"])
    }
    return host
  }
}

/// What the composed hosts of the benchmark have in common.
enum ComposedHost {
  /// A host without devices.
  static var empty: HostTree {
    HostTree(
      kernel: "6.12.94+deb13-amd64", build: "#1 SMP PREEMPT_DYNAMIC Debian 6.12.94-1",
      iommu: .intel(units: 4))
  }

  /// A separate address for each number: function 0 of 32 slots on 128 buses of a domain.
  static func name(_ number: Int) -> DeviceName {
    DeviceName(
      PCIAddress(
        domain: UInt32(number / 4096), bus: UInt8(number / 32 % 128), slot: UInt8(number % 32),
        function: 0))
  }
}
