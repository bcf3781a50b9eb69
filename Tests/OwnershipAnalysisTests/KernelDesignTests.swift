import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

@Suite("Designs that were proposed and not merged, by name")
struct KernelDesignTests {
  /// vfio-pci open in a container, beside a device without driver that matches snd_hda_intel.
  private func openGroup(_ design: KernelDesign) -> (state: KernelState, idle: HostPath) {
    var host = HostValues(nil, "vfio-pci", nil)
    host[2].driverOverride = .value(.driver("snd_hda_intel"))
    let state = KernelState(
      audit: Analyzer.audit(host.observed, by: .design(design)),
      assumptions: [1: .unclaimed])
    let opened = KernelModel.apply(.open([host[1].path], holder: nil), to: state)
    return (opened.state, host[2].path)
  }

  @Test("2017: the notifier refuses the bind with EINVAL where released kernels crash")
  func notifier() {
    let (state, idle) = openGroup(.notifierRefusal)
    let bind = KernelModel.apply(.bind(idle, "snd_hda_intel"), to: state)
    #expect(bind.answer.verdict == .refused(.invalid))
    #expect(bind.answer.rule == .kernelDriverInClaimedGroup)
    #expect(KernelModel.apply(.probe(idle), to: state).answer.verdict == .refused(.invalid))
  }

  @Test("2021, fourth version: a conflict answers EBUSY to binds and to claims")
  func driverCore() {
    let (state, idle) = openGroup(.driverCoreOwnership)
    #expect(
      KernelModel.apply(.bind(idle, "snd_hda_intel"), to: state).answer.verdict == .refused(.busy))
    let mixed = HostValues(nil, "vfio-pci", "snd_hda_intel")
    let audit = Analyzer.audit(mixed.observed, by: .design(.driverCoreOwnership))
    #expect(
      audit.groups[0].viability.obstacles.first?.refusal
        == Refusal(call: .setContainer, errno: .busy))
  }

  @Test("2021, fourth version: every bus with a dma_configure takes part, vmbus too")
  func participation() {
    let design = KernelBehavior(design: .driverCoreOwnership)
    #expect(design.participation(of: "vmbus") == .refuses)
    #expect(KernelBehavior(version: KernelVersion(6, 12)).participation(of: "vmbus") == .none)
  }

  @Test("a design is accepted by its documented name", arguments: KernelDesign.allCases)
  func names(design: KernelDesign) throws {
    #expect(try KernelRequest(design.rawValue) == .design(design))
  }
}
