import HostModel
import Testing

@Suite("The kernel's command line")
struct KernelCommandLineTests {
  @Test(
    "the line is split at white space outside quotes",
    arguments: [
      ("", []),
      (" \n", []),
      ("iommu=pt amd_iommu\n", ["iommu=pt", "amd_iommu"]),
      ("iommu  iommu=pt\tintel_iommu=off", ["iommu", "iommu=pt", "intel_iommu=off"]),
      ("iommu=\"file x.c +p\" iommu", ["iommu=file x.c +p", "iommu"]),
      ("iommu=\"never closed", ["iommu=never closed"]),
    ])
  func words(text: String, expected: [String]) {
    let line = KernelCommandLine(text)
    #expect(line.words == expected)
    #expect(KernelCommandLine(line.text) == line)
  }

  @Test("only parameters that a verdict can rest on are kept")
  func isReduced() {
    let kept = """
      iommu=pt intel_iommu=on,sm_on amd-iommu=off pcie_acs_override=downstream \
      vfio-iommu-type1.allow_unsafe_interrupts=1 vfio-pci.ids=10de:13c2 vfio-pci-ids=10de:0fbb
      """
    let line = KernelCommandLine(
      "BOOT_IMAGE=/vmlinuz root=UUID=12-34 \(kept) cryptdevice=/dev/sda:x hostname=box "
        + "systemd.hostname=box ip=dhcp rd.luks.uuid=12 vfio "
        + "pci-stub.ids=8086:1533 module_blacklist=nouveau modprobe.blacklist=snd_hda_intel "
        + "iommu.strict=0 lockdown intremap=off -- password=x")
    #expect(line.text == kept)
  }

  @Test("dashes and underscores are the same in a parameter's name, not in its value")
  func names() {
    let line = KernelCommandLine("amd_iommu=a-b amd-iommu=off iommu=vfio-pci.ids")
    #expect(line.values(of: .amdIOMMU) == ["a-b", "off"])
    #expect(line.values(of: .iommu) == ["vfio-pci.ids"])
  }

  @Test("parts what is meant for VFIO into module and parameter")
  func optionsOfVFIO() throws {
    let options = KernelCommandLine("vfio-pci.ids=10de:13c2,8086:1 quiet vfio_pci-ids=x=y")
      .vfioOptions
    #expect(options.map(\.name) == ["vfio-pci.ids", "vfio_pci-ids"])
    #expect(options.map(\.value) == ["10de:13c2,8086:1", "x=y"])
    let parameter = try #require(options.first?.parameter)
    #expect(parameter == (module: "vfio_pci", name: "ids"))
    #expect(options.last?.parameter == nil)
  }

  @Test("neither a longer name nor a word without a value is taken for a parameter")
  func exactNames() {
    let line = KernelCommandLine(
      "intel_iommu=on,sm_on xintel_iommu=off intel_iommux=off intel_iommu")
    #expect(line.values(of: .intelIOMMU) == ["on,sm_on"])
    #expect(line.items(of: .intelIOMMU) == ["on", "sm_on"])
  }

  @Test("a value is all that follows the first equals sign")
  func values() {
    #expect(KernelCommandLine("iommu=a=12-34").values(of: .iommu) == ["a=12-34"])
    #expect(KernelCommandLine("iommu=").items(of: .iommu).isEmpty)
  }
}
