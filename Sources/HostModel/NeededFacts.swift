/// What an answer shows or rests on beyond the facts that every judgement needs.
///
/// Each of these costs calls of the kernel for every device or group. One that is not needed is not
/// asked for, and is `.unread(.notNeeded)`: neither absent nor a problem.
///
/// Plain fields and no OptionSet, whose conformances would cost each start some time.
package struct NeededFacts: Sendable, Equatable {
  /// `type` of each group.
  package var groupTypes = false
  /// `numa_node` of each device.
  package var numaNodes = false
  /// `reset_method` and `reset` of each PCI function.
  package var resets = false
  /// Whether each entry of `vfio-dev` has a character device.
  package var deviceNodes = false
  /// `power/runtime_status` also of devices that are not enabled, which no verdict rests on.
  package var idleStatuses = false
  /// The modules' id tables, which show what a driver would match: some 10 ms.
  package var moduleAliases = false
  /// The kernel's configuration where a host with groups has iommufd: some 300 KB of text.
  package var kernelConfiguration = false
  /// What the host uses its devices for.
  package var hostUse = false
  /// The same, where an audit in words shows it: no device is on a VFIO driver yet, or a group that
  /// was given to user space has a member on another driver.
  package var shownHostUse = false

  /// Nothing more than what a judgement of the host as it is rests on.
  package static let judgement = NeededFacts()
  /// What the model of the kernel looks at.
  package static let prediction = NeededFacts(
    groupTypes: true, deviceNodes: true, moduleAliases: true, kernelConfiguration: true)
  /// The same, and what an operation costs the host.
  package static let cost = NeededFacts(
    groupTypes: true, deviceNodes: true, moduleAliases: true, kernelConfiguration: true,
    hostUse: true)
  /// What two hosts are compared by.
  package static let comparison = NeededFacts(groupTypes: true)
  /// Everything that a capture holds.
  package static let all = NeededFacts(
    groupTypes: true, numaNodes: true, resets: true, deviceNodes: true, idleStatuses: true,
    moduleAliases: true, kernelConfiguration: true, hostUse: true)

  package init(
    groupTypes: Bool = false, numaNodes: Bool = false, resets: Bool = false,
    deviceNodes: Bool = false, idleStatuses: Bool = false, moduleAliases: Bool = false,
    kernelConfiguration: Bool = false, hostUse: Bool = false, shownHostUse: Bool = false
  ) {
    self.groupTypes = groupTypes
    self.numaNodes = numaNodes
    self.resets = resets
    self.deviceNodes = deviceNodes
    self.idleStatuses = idleStatuses
    self.moduleAliases = moduleAliases
    self.kernelConfiguration = kernelConfiguration
    self.hostUse = hostUse
    self.shownHostUse = shownHostUse
  }

  /// What either of two answers needs.
  package func union(_ other: NeededFacts) -> NeededFacts {
    NeededFacts(
      groupTypes: groupTypes || other.groupTypes, numaNodes: numaNodes || other.numaNodes,
      resets: resets || other.resets, deviceNodes: deviceNodes || other.deviceNodes,
      idleStatuses: idleStatuses || other.idleStatuses,
      moduleAliases: moduleAliases || other.moduleAliases,
      kernelConfiguration: kernelConfiguration || other.kernelConfiguration,
      hostUse: hostUse || other.hostUse, shownHostUse: shownHostUse || other.shownHostUse)
  }
}
