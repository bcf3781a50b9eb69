import HostModel
import Testing

@Suite("The kernel's command line")
struct KernelCommandLineTests {
  @Test(
    "is split at white space outside quotes",
    arguments: [
      ("", []),
      (" \n", []),
      ("ro quiet\n", ["ro", "quiet"]),
      ("a  b\tc", ["a", "b", "c"]),
      ("dyndbg=\"file x.c +p\" ro", ["dyndbg=file x.c +p", "ro"]),
      ("open=\"never closed", ["open=never closed"]),
    ])
  func words(text: String, expected: [String]) {
    #expect(KernelCommandLine(text).words == expected)
  }

  @Test("takes dashes for underscores in a parameter's name, not in its value")
  func names() {
    let line = KernelCommandLine("vfio_pci.ids=10de:13c2 vfio-pci.ids=8086:1533 x=vfio-pci.ids")
    #expect(line.values(of: "vfio-pci.ids") == ["10de:13c2", "8086:1533"])
    #expect(line.values(of: "vfio_pci.ids") == ["10de:13c2", "8086:1533"])
    #expect(line.values(of: "x") == ["vfio-pci.ids"])
  }

  @Test("does not take a longer name for a parameter, nor a word without a value")
  func exactNames() {
    let line = KernelCommandLine(
      "intel_iommu=on,sm_on xintel_iommu=off intel_iommux=off intel_iommu")
    #expect(line.values(of: "intel_iommu") == ["on,sm_on"])
    #expect(line.items(of: "intel_iommu") == ["on", "sm_on"])
  }

  @Test("keeps what follows the first equals sign")
  func values() {
    #expect(KernelCommandLine("root=UUID=12-34").values(of: "root") == ["UUID=12-34"])
    #expect(KernelCommandLine("iommu=").items(of: "iommu").isEmpty)
  }
}
