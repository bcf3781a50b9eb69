import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

@Suite("What the host shows to be open or waiting is part of the model's first state")
struct ObservedUseTests {
  private func answer(
    _ operation: OwnershipAnalysis.Operation, on host: HostValues
  ) -> Answer {
    KernelModel.apply(operation, to: host.state).answer
  }

  @Test("a bind to a device whose unbind waits does not return (§4.1, §11.1.4)")
  func bindDuringUnbind() {
    var host = HostValues(KernelVersion(6, 12), nil)
    host[1].driverOverride = .value(.driver("vfio-pci"))
    host[1].vfioDevices = .value([
      VFIODeviceNode(name: "vfio0", hasCharacterDevice: false)
    ])
    let bind = Operation.bind(host[1].path, "vfio-pci")
    #expect(answer(bind, on: host).verdict == .blocks)
    host.kernel = KernelVersion(5, 10)
    #expect(answer(bind, on: host).verdict == .refused(.noSuchDevice))
  }

  @Test("a group whose node a process holds cannot be opened again, claimed or not (§7.1)")
  func heldNode() {
    var host = HostValues(KernelVersion(6, 12), "vfio-pci")
    let file = OpenVFIOFile(
      process: 4711, command: "qemu", descriptor: 3,
      target: .group(VFIOGroupNode(group: 1, isNoIOMMU: false)))
    host.vfio.openFiles = OpenFileScan(files: [file], coverage: .complete)
    let open = answer(.open([host[1].path], holder: nil), on: host)
    #expect(open.verdict == .refused(.busy))
    #expect(open.reason == .nodeHeld(HolderName("qemu (4711)"), 1))
  }
}
