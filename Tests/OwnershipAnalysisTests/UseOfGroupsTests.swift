import HostModel
import OwnershipAnalysis
import Testing

@Suite("Who uses a group, when links are missing, unread or shared")
struct UseOfGroupsTests {
  static let kernel = KernelVersion(6, 12, 94)
  static let node = VFIOGroupNode(group: 1, isNoIOMMU: false)

  private func audit(_ host: SmallHost, _ kernel: KernelVersion = kernel) -> Audit {
    Analyzer.audit(host.snapshot, requestedKernel: kernel)
  }

  private func file(_ process: Int, _ descriptor: Int, _ target: OpenVFIOFile.Target)
    -> OpenVFIOFile
  {
    OpenVFIOFile(
      process: process, command: "qemu", descriptor: descriptor, target: target)
  }

  @Test("a device that lost its driver and is registered with VFIO is in use (§13.23)")
  func halfUnbound() {
    var host = SmallHost()
    host.add(nil)
    host.members[0].vfioDevices = .value([
      VFIODeviceNode(name: "vfio0", hasCharacterDevice: false)
    ])
    let group = audit(host).groups[0]
    #expect(group.claim.state == .claimed)
    #expect(group.use == .userSpace)
  }

  @Test("a node without a member on a VFIO driver shows an unbind that waits (§13.34)")
  func nodeOfNobody() {
    var host = SmallHost()
    host.add(nil)
    host.nodes = [Self.node]
    let group = audit(host).groups[0]
    #expect(group.claim.state == .claimed)
    #expect(group.claim.certainty == .likely)
  }

  @Test("a driver that could not be read is not taken for none")
  func unreadDriver() {
    var host = SmallHost()
    host.add(nil)
    host.members[0].driver = .unread(.refused(.permissionDenied))
    host.nodes = [Self.node]
    let group = audit(host).groups[0]
    #expect(group.use == .unknown)
    #expect(group.claim.state == .unknown)
    guard case .undetermined = group.viability else {
      Issue.record("the group is undetermined")
      return
    }
  }

  @Test("a device file without a path belongs to the one group that its process holds (§13.36)")
  func unnamedDeviceFile() {
    var host = SmallHost()
    host.add("vfio-pci")
    host.nodes = [Self.node]
    host.files = [file(7, 3, .group(Self.node)), file(7, 4, .container), file(7, 5, .device(nil))]
    #expect(audit(host).groups[0].claim.state == .claimed)
    host.files.append(file(7, 6, .group(VFIOGroupNode(group: 2, isNoIOMMU: false))))
    #expect(audit(host).groups[0].claim.state == .unknown)
  }

  @Test("one device node in two processes is one owner; two nodes in two may be two (§7.4)")
  func sharedNode() {
    var host = SmallHost()
    for index in 0..<2 {
      host.add("vfio-pci")
      host.members[index].vfioDevices = .value([
        VFIODeviceNode(name: EntryName("vfio\(index)"), hasCharacterDevice: true)
      ])
    }
    host.nodes = [Self.node]
    host.files = [file(7, 3, .deviceNode("vfio0")), file(8, 3, .deviceNode("vfio0"))]
    #expect(!audit(host).findings.contains { $0.rule == .multipleOwners })
    host.files[1] = file(8, 3, .deviceNode("vfio1"))
    #expect(audit(host).findings.first { $0.rule == .multipleOwners }?.severity == .warning)
  }

  @Test("up to 5.18 an override for a kernel driver in a live group is the danger itself (§2.1)")
  func dangerousOverride() {
    var host = SmallHost()
    host.add("vfio-pci")
    host.add(nil)
    host.nodes = [Self.node]
    host.files = [file(7, 3, .group(Self.node)), file(7, 4, .device(nil))]
    host.members[1].driverOverride = .value(.driver("snd_hda_intel"))
    let old = audit(host, KernelVersion(5, 10, 223))
    #expect(old.findings.first?.rule == .liveGroupAutoprobe)
    #expect(old.findings.first?.severity == .critical)
    host.members[1].driverOverride = .value(.driver("pci-stub"))
    #expect(
      !audit(host, KernelVersion(5, 10, 223)).findings.contains {
        $0.rule == .liveGroupAutoprobe
      })
  }

  @Test("a bound variant driver is one, also in a kernel that was not read with it (§5.1)")
  func variantBeforeItsRow() {
    var host = SmallHost()
    host.add("mlx5_vfio_pci")
    #expect(audit(host, KernelVersion(5, 18)).groups[0].use == .userSpace)
  }

  @Test("allow_unsafe_interrupts counts on the command line before the module is loaded")
  func unsafeInterruptsToCome() {
    var host = SmallHost()
    host.add("vfio-pci")
    host.remapping = .inactive
    host.allowsUnsafeInterrupts = nil
    #expect(host.answer(Self.kernel) == "SET_IOMMU EPERM")
    #expect(!audit(host).groups[0].dependsOn.isEmpty)
    host.commandLine = "quiet vfio_iommu_type1.allow_unsafe_interrupts=1"
    #expect(host.answer(Self.kernel) == "viable")
  }

  @Test("groups of mediated devices pass no test of real ones (§10.1)")
  func mediatedDevice() {
    var host = SmallHost()
    host.add("vfio_mdev", bus: .mdev)
    host.remapping = .inactive
    #expect(host.answer(KernelVersion(5, 10)) == "viable")
  }
}
