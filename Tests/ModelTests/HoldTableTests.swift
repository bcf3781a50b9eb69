import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

struct HoldTableTests {
  @Test("of several holders of a node the first by name is reported, whatever their order")
  func holdersOfOneNode() throws {
    var host = HostValues(KernelVersion(6, 12), "vfio-pci")
    let processes = [300, 20, 100]
    host.vfio.openFiles = OpenFileScan(
      files: processes.map {
        OpenVFIOFile(
          process: $0, command: "qemu", descriptor: 9,
          target: .group(VFIOGroupNode(group: 1, isNoIOMMU: false)))
      }, coverage: .complete)
    let holds = host.state.difference.holds
    #expect(holds.opener(of: 1)?.text == "qemu (100)")
    #expect(holds.names.map(\.text) == ["qemu (100)", "qemu (20)", "qemu (300)"])
  }
}
