import HostModel
import OwnershipAnalysis
import Testing

/// What recordings of real kernels taught the model.
@Suite("Cases that recordings showed")
struct RecordedCaseTests {
  @Test("a node that the sequence itself emptied is no sign of an unbind that waits")
  func nodeOfTheCapture() throws {
    let host = LabHost(KernelVersion(6, 12, 107), "vfio-pci", nil)
    #expect(
      try host.answers("unbind D1", "override D2 e1000e", "bind D2 e1000e")
        == ["accepted", "accepted", "accepted"])
  }
}
