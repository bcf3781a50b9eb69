package import HostModel

/// The IOMMUs of a composed host.
package enum IOMMUSetup: Sendable {
  /// None in use; whether the machine has one is shown by its firmware tables.
  case none
  /// `dmar0`, `dmar1`, ...
  case intel(units: Int = 1)
  /// `ivhd0`, `ivhd1`, ...
  case amd(units: Int = 1)
  /// `smmu3.0x0000000009050000`, ...
  case smmuV3(units: Int = 1)
  /// virtio-iommu of a virtual machine.
  case virtio

  package var ordinaryProcessor: Processor {
    switch self {
    case .none, .intel, .virtio: .intel
    case .amd: .amd
    case .smmuV3: .arm
    }
  }

  package var ordinaryTables: Set<String> {
    switch self {
    case .none: []
    case .intel: ["DMAR"]
    case .amd: ["IVRS"]
    case .smmuV3: ["IORT"]
    case .virtio: ["VIOT"]
    }
  }

  package var ordinaryInterrupts: InterruptSetup.Kind {
    switch self {
    case .none, .virtio: .plain
    case .intel, .amd: .remapped
    case .smmuV3: .translationService
    }
  }

  /// The names below `/sys/class/iommu`, in order.
  package var instances: [String] {
    switch self {
    case .none: []
    case .intel(let units): (0..<units).map { "dmar\($0)" }
    case .amd(let units): (0..<units).map { "ivhd\($0)" }
    case .smmuV3(let units):
      (0..<units).map { "smmu3.0x" + Hexadecimal.text(0x905_0000 + $0 * 0x2_0000, digits: 16) }
    case .virtio: ["virtio0"]
    }
  }
}

/// The maker of a composed host's processor.
package enum Processor: Sendable {
  case intel
  case amd
  case arm
}

/// How interrupts arrive on a composed host.
package struct InterruptSetup: Sendable {
  package var kind: Kind

  package enum Kind: Sendable {
    /// x86 with interrupt remapping: `IR-IO-APIC`.
    case remapped
    /// x86 without.
    case plain
    /// Arm with a GICv3 ITS.
    case translationService
  }

  package init(kind: Kind) {
    self.kind = kind
  }
}

/// What differs from an ordinary group.
package struct GroupDetails: Sendable {
  /// The word in `type`; `nil` for the one this kernel and IOMMU ordinarily have.
  package var type: String?
  /// `name`, which only made-up groups have.
  package var name: String?
  /// Regions beside those every group of this IOMMU has.
  package var regions: [ReservedRegion]

  package init(type: String? = nil, name: String? = nil, regions: [ReservedRegion] = []) {
    self.type = type
    self.name = name
    self.regions = regions
  }
}

/// What differs from an ordinary module.
package struct ModuleDetails: Sendable {
  package var parameters: [String: String]
  /// `refcnt`; `nil` for a module that nothing uses.
  package var useCount: Int?

  package init(parameters: [String: String] = [:], useCount: Int? = nil) {
    self.parameters = parameters
    self.useCount = useCount
  }
}

/// A process with open files.
package struct HostProcess: Sendable {
  package var id: Int
  package var command: String
  /// What each descriptor's link says.
  package var files: [Int: String]
  /// The device behind a descriptor `anon_inode:[vfio-device]`; shown from 6.18.
  package var devices: [Int: DeviceName]

  package init(
    _ id: Int, _ command: String, files: [Int: String], devices: [Int: DeviceName] = [:]
  ) {
    self.id = id
    self.command = command
    self.files = files
    self.devices = devices
  }
}
