import FoundationEssentials
import HostModel

/// The listings of real hosts in `Fixtures/sources/real-hosts.json`.
struct RealHosts: Decodable {
  let hosts: [RealHost]

  static func read(_ bytes: [UInt8]) throws -> RealHosts {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(RealHosts.self, from: Data(bytes))
  }
}

/// One host as its public source lists it.
struct RealHost: Decodable {
  let id: String
  let title: String
  let source: String
  /// `complete` when the source lists the driver of each device, `absent` when it lists none.
  let drivers: String
  let kernel: String?
  let cmdline: String?
  let iommuInstances: Int?
  let devices: [RealDevice]
  let nonPciMembers: [RealMember]?

  var listsDrivers: Bool { drivers == "complete" }
}

/// One function of a listing; what the source does not print is `nil`.
struct RealDevice: Decodable {
  let group: UInt32?
  let address: String
  /// Base class and subclass, four digits.
  let `class`: String?
  /// The class with its programming interface, six digits.
  let class6: String?
  let vendor: String?
  let device: String?
  let driver: String?
  /// The instance that serves the device.
  let iommu: String?
  let headerType: Int?
  let hasReset: Bool?
}

/// A group member that is not a PCI function.
struct RealMember: Decodable {
  let group: UInt32
  let name: String
  let bus: String
}
