import HostModel

/// VFIO's own driver of each bus, which takes any device of it.
enum VFIODrivers {
  static func general(on bus: BusName) -> DriverName {
    switch bus {
    case .platform: "vfio-platform"
    case .amba: "vfio-amba"
    case .fslMC: "vfio-fsl-mc"
    case .cdx: "vfio-cdx"
    default: "vfio-pci"
    }
  }
}
