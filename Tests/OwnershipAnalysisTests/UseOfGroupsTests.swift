import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

@Suite("Who uses a group, when links are missing, unread or shared")
struct UseOfGroupsTests {
  static let kernel = KernelVersion(6, 12, 94)
  static let node = VFIOGroupNode(group: 1, isNoIOMMU: false)

  /// What these processes hold.
  private func open(_ files: (process: Int, target: OpenVFIOFile.Target)...) -> OpenFileScan {
    OpenFileScan(
      files: files.enumerated().map { index, file in
        OpenVFIOFile(
          process: file.process, command: "qemu", descriptor: 3 + index, target: file.target)
      }, coverage: .complete)
  }

  @Test("a device that lost its driver and is registered with VFIO is in use (§13.23)")
  func halfUnbound() {
    var host = HostValues(Self.kernel, nil)
    host[1].vfioDevices = .value([
      VFIODeviceNode(name: "vfio0", hasCharacterDevice: false)
    ])
    let group = host.audit.groups[0]
    #expect(group.claim.state == .claimed)
    #expect(group.use == .userSpace)
  }

  @Test("a node without a member on a VFIO driver shows an unbind that waits (§13.34)")
  func nodeWithoutVFIODriver() {
    var host = HostValues(Self.kernel, nil)
    host.vfio.groupNodes = .value([Self.node])
    let group = host.audit.groups[0]
    #expect(group.claim.state == .claimed)
    #expect(group.claim.certainty == .likely)
  }

  @Test("a device whose driver could not be read is not taken for driverless")
  func unreadDriver() {
    var host = HostValues(Self.kernel, nil)
    host[1].driver = .unread(.refused(.permissionDenied))
    host.vfio.groupNodes = .value([Self.node])
    let group = host.audit.groups[0]
    #expect(group.use == .unknown)
    #expect(group.claim.state == .unknown)
    guard case .undetermined = group.viability else {
      Issue.record("the group is undetermined")
      return
    }
  }

  @Test("a device file without a path belongs to the one group that its process holds (§13.36)")
  func unnamedDeviceFile() {
    var host = HostValues(Self.kernel, "vfio-pci")
    host.vfio.openFiles = open((7, .group(Self.node)), (7, .container), (7, .device(nil)))
    #expect(host.audit.groups[0].claim.state == .claimed)
    let other = VFIOGroupNode(group: 2, isNoIOMMU: false)
    host.vfio.openFiles = open(
      (7, .group(Self.node)), (7, .container), (7, .device(nil)), (7, .group(other)))
    #expect(host.audit.groups[0].claim.state == .unknown)
  }

  @Test("one device node in two processes is one owner; two nodes in two may be two (§7.4)")
  func sharedNode() {
    var host = HostValues(Self.kernel, "vfio-pci", "vfio-pci")
    host.vfio.openFiles = open((7, .deviceNode("vfio1")), (8, .deviceNode("vfio1")))
    #expect(!host.audit.findings.contains { $0.rule == .multipleOwners })
    host.vfio.openFiles = open((7, .deviceNode("vfio1")), (8, .deviceNode("vfio2")))
    #expect(host.audit.findings.first { $0.rule == .multipleOwners }?.severity == .warning)
  }

  @Test("up to 5.18 an override for a kernel driver in a live group is critical (§2.1)")
  func dangerousOverride() {
    var host = HostValues(KernelVersion(5, 10, 223), "vfio-pci", nil)
    host.vfio.openFiles = open((7, .group(Self.node)), (7, .device(nil)))
    host[2].driverOverride = .value(.driver("snd_hda_intel"))
    let finding = host.audit.findings.first
    #expect(finding?.rule == .liveGroupAutoprobe)
    #expect(finding?.severity == .critical)
    host[2].driverOverride = .value(.driver("pci-stub"))
    #expect(!host.audit.findings.contains { $0.rule == .liveGroupAutoprobe })
  }

  @Test("a bound variant driver counts as VFIO, also on a kernel older than its row (§5.1)")
  func variantBeforeItsRow() {
    let host = HostValues(KernelVersion(5, 18), "mlx5_vfio_pci")
    #expect(host.audit.groups[0].use == .userSpace)
  }

  @Test("allow_unsafe_interrupts counts on the command line before the module is loaded")
  func unsafeInterruptsToCome() {
    var host = HostValues(Self.kernel, "vfio-pci")
    host.remapping = .inactive
    #expect(host.viabilityText == "EPERM at SET_IOMMU")
    #expect(!host.audit.groups[0].dependsOn.isEmpty)
    host.stated.commandLine = .value(
      KernelCommandLine("quiet vfio_iommu_type1.allow_unsafe_interrupts=1"))
    #expect(host.viabilityText == "viable")
  }

  @Test("the tests of real groups do not apply to groups of mediated devices (§10.1)")
  func mediatedDevice() {
    var host = HostValues(KernelVersion(5, 10))
    host.add("vfio_mdev", bus: .mdev)
    host.remapping = .inactive
    #expect(host.viabilityText == "viable")
  }
}
