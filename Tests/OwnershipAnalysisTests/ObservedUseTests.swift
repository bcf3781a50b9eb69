import HostModel
import OwnershipAnalysis
import Testing

@Suite("What the host shows to be open or waiting is part of the model's first state")
struct ObservedUseTests {
  private func answer(
    _ operation: OwnershipAnalysis.Operation, on host: SmallHost, _ kernel: KernelVersion
  ) -> Answer {
    let audit = Analyzer.audit(host.snapshot, requestedKernel: kernel)
    return KernelModel.apply(operation, to: KernelState(audit: audit)).answer
  }

  @Test("a bind to a device whose unbind waits does not return (§4.1, §11.1.4)")
  func bindDuringUnbind() {
    var host = SmallHost()
    host.add(nil)
    host.members[0].driverOverride = .value(.driver("vfio-pci"))
    host.members[0].vfioDevices = .value([
      VFIODeviceNode(name: "vfio0", hasCharacterDevice: false)
    ])
    let bind = Operation.bind(host.members[0].path, "vfio-pci")
    host.drivers = [Driver(bus: .pci, name: "vfio-pci", module: .absent)]
    #expect(answer(bind, on: host, KernelVersion(6, 12)).verdict == .blocks)
    #expect(answer(bind, on: host, KernelVersion(5, 10)).verdict == .refused(.noSuchDevice))
  }

  @Test("a group whose node a process holds cannot be opened again, claimed or not (§7.1)")
  func heldNode() {
    var host = SmallHost()
    host.add("vfio-pci")
    let node = VFIOGroupNode(group: 1, isNoIOMMU: false)
    host.nodes = [node]
    host.files = [
      OpenVFIOFile(process: 4711, command: "qemu", descriptor: 3, target: .group(node))
    ]
    let open = answer(.open([host.members[0].path], holder: nil), on: host, KernelVersion(6, 12))
    #expect(open.verdict == .refused(.busy))
    #expect(open.reason == .nodeHeld(HolderName("qemu (4711)"), 1))
  }
}
