/// Everything that was observed of a host, at one moment.
///
/// Only what the host showed: nothing here is derived or assumed.
///
/// A class, since everything that judges a host carries it, and it has two dozen references in it.
package final class ObservedHost: Sendable {
  package let kernel: Kernel
  package let firmware: Firmware
  /// By number; numbers have gaps.
  package let groups: [IOMMUGroup]
  /// Why `groups` may be empty or incomplete.
  package let groupListing: Reading<Int>
  /// By name, then path.
  package let devices: [Device]
  /// By bus, then name: the drivers of the buses that can have groups.
  package let drivers: [Driver]
  /// `drivers_autoprobe` of each bus.
  package let autoprobe: [BusName: Reading<Bool>]
  package let iommus: [IOMMUInstance]
  /// Why `iommus` may lack some.
  package let iommuListFailure: ReadFailure?
  package let vfio: VFIOFacilities
  package let interrupts: Reading<InterruptDelivery>
  /// Lines of the modules' id tables that match a PCI function of the host, in the order of the
  /// files; read for predictions only.
  package let moduleAliases: Reading<[ModuleAlias]>
  /// What the host uses its devices for, where that was asked.
  package let use: Reading<HostUse>
  /// By path; shown as notes.
  package let problems: [ReadProblem]
  /// Facts that a capture was never asked for, since it is of an earlier version: neither absent
  /// nor a problem of the host. By path, with a star for every name that the host chose.
  package let notAsked: [HostPath]

  private let devicesByPath: [HostPath: Int]
  private let groupsByNumber: [GroupNumber: Int]
  private let groupsWithNode: Set<GroupNumber>
  private let groupsWithoutIOMMU: Set<GroupNumber>

  package init(
    kernel: Kernel, firmware: Firmware, groups: [IOMMUGroup], groupListing: Reading<Int>,
    devices: [Device], drivers: [Driver], autoprobe: [BusName: Reading<Bool>],
    iommus: [IOMMUInstance], vfio: VFIOFacilities, interrupts: Reading<InterruptDelivery>,
    moduleAliases: Reading<[ModuleAlias]> = .absent,
    use: Reading<HostUse> = .unread(.notNeeded), problems: [ReadProblem],
    notAsked: Set<HostPath> = [], iommuListFailure: ReadFailure? = nil
  ) {
    self.kernel = kernel
    self.firmware = firmware
    self.groups = groups.sorted { $0.number < $1.number }
    self.groupListing = groupListing
    // By index: moving a device costs a hundred times what comparing two does.
    let order = devices.indices.sorted {
      (devices[$0].name, devices[$0].path) < (devices[$1].name, devices[$1].path)
    }
    self.devices = order.map { devices[$0] }
    self.drivers = drivers.sorted { ($0.bus, $0.name) < ($1.bus, $1.name) }
    self.autoprobe = autoprobe
    self.iommus = iommus.sorted { $0.name < $1.name }
    self.iommuListFailure = iommuListFailure
    self.vfio = vfio
    self.interrupts = interrupts
    self.moduleAliases = moduleAliases
    self.use = use
    self.problems = Set(problems).sorted()
    self.notAsked = notAsked.sorted()
    devicesByPath = Dictionary(
      self.devices.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    groupsByNumber = Dictionary(
      self.groups.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
    groupsWithNode = Set((vfio.groupNodes.value ?? []).map(\.group))
    groupsWithoutIOMMU = vfio.groupsWithoutIOMMU
  }

  /// The same with what is wrong with the reading as a whole.
  package func adding(_ problem: ReadProblem) -> ObservedHost {
    ObservedHost(self, problems: Set(problems + [problem]).sorted())
  }

  private init(_ other: ObservedHost, problems: [ReadProblem]) {
    kernel = other.kernel
    firmware = other.firmware
    groups = other.groups
    groupListing = other.groupListing
    devices = other.devices
    drivers = other.drivers
    autoprobe = other.autoprobe
    iommus = other.iommus
    iommuListFailure = other.iommuListFailure
    vfio = other.vfio
    interrupts = other.interrupts
    moduleAliases = other.moduleAliases
    use = other.use
    self.problems = problems
    notAsked = other.notAsked
    devicesByPath = other.devicesByPath
    groupsByNumber = other.groupsByNumber
    groupsWithNode = other.groupsWithNode
    groupsWithoutIOMMU = other.groupsWithoutIOMMU
  }

  /// Whether nothing of it looks like a host: an empty directory that was given for a captured tree.
  package var isBlank: Bool {
    groupListing.isAbsent && kernel.release.isAbsent && autoprobe.isEmpty && drivers.isEmpty
      && devices.isEmpty && iommus.isEmpty
  }

  /// The device in this directory of `/sys/devices`.
  package func device(at path: HostPath) -> Device? {
    devicesByPath[path].map { devices[$0] }
  }

  /// Its place in `devices`.
  package func position(of path: HostPath) -> Int? { devicesByPath[path] }

  package func group(_ number: GroupNumber) -> IOMMUGroup? {
    groupsByNumber[number].map { groups[$0] }
  }

  /// The members of a group that could be read, in the group's order.
  package func members(of group: IOMMUGroup) -> [Device] {
    group.members.compactMap { device(at: $0.device) }
  }

  /// Whether the group's node says that nothing isolates its device.
  package func givesWithoutIOMMU(_ group: GroupNumber) -> Bool {
    groupsWithoutIOMMU.contains(group)
  }

  /// Whether `/sys/class/vfio` lists a node of the group.
  package func hasNode(_ group: GroupNumber) -> Reading<Bool> {
    vfio.groupNodes.map { _ in groupsWithNode.contains(group) }
  }
}

extension ObservedHost: Equatable {
  package static func == (left: ObservedHost, right: ObservedHost) -> Bool {
    left === right
      || left.kernel == right.kernel && left.firmware == right.firmware
        && left.groups == right.groups && left.groupListing == right.groupListing
        && left.devices == right.devices && left.drivers == right.drivers
        && left.autoprobe == right.autoprobe && left.iommus == right.iommus
        && left.iommuListFailure == right.iommuListFailure && left.vfio == right.vfio
        && left.interrupts == right.interrupts
        && left.moduleAliases == right.moduleAliases && left.use == right.use
        && left.problems == right.problems && left.notAsked == right.notAsked
  }
}
