import HostModel
import Testing

@Suite("Paths on the host")
struct HostPathTests {
  @Test(
    "a normalised path is accepted",
    arguments: [
      ("/", ""), ("/sys", "sys"), ("sys/bus/pci", "sys/bus/pci"),
      ("/sys/devices/pci0000:00/0000:00:1f.0", "sys/devices/pci0000:00/0000:00:1f.0"),
      ("/sys/...", "sys/..."), ("/sys/a b", "sys/a b"),
    ])
  func accepted(text: String, relative: String) throws {
    let path = try #require(HostPath(text))
    #expect(path.relative == relative)
    #expect(path.description == "/" + relative)
  }

  @Test(
    "empty, dot and climbing components are refused",
    arguments: [
      "//sys", "/sys/", "/sys//bus", "/sys/./bus", "/sys/../etc", "..", ".", "/..", "a\0b",
    ])
  func refused(text: String) {
    #expect(HostPath(text) == nil)
  }

  @Test(
    "a link is resolved by its text, from the directory that holds it",
    arguments: [
      (
        "sys/bus/pci/devices", "../../../devices/pci0000:00/0000:00:1f.0",
        "/sys/devices/pci0000:00/0000:00:1f.0"
      ),
      ("sys/devices/pci0000:00/0000:00:1f.0", "../../../bus/pci", "/sys/bus/pci"),
      ("sys/class/vfio", "./13", "/sys/class/vfio/13"),
      ("sys/class/vfio", "13/", "/sys/class/vfio/13"),
      ("sys/class/vfio", "..//iommu", "/sys/class/iommu"),
      ("sys", "..", "/"),
      ("sys/a", "../../..", nil),
      ("sys", "/etc/passwd", nil),
      ("sys", "", nil),
      ("sys/a", "../../../etc/passwd", nil),
    ] as [(String, String, String?)])
  func links(directory: String, target: String, expected: String?) throws {
    let directory = try #require(HostPath(directory))
    #expect(directory.resolving(link: target)?.description == expected)
  }

  @Test("a path gives its last component and its parent")
  func parts() {
    let path: HostPath = "/sys/bus/pci"
    #expect(path.name == "pci")
    #expect(path.parent == "/sys/bus")
    #expect(HostPath("/sys").parent == .root)
    #expect(HostPath.root.parent == nil)
    #expect(HostPath.root.name.isEmpty)
    #expect(path.components == ["sys", "bus", "pci"])
    #expect(HostPath.root / "sys" == "/sys")
  }

  @Test("paths are ordered by bytes")
  func order() {
    let paths: [HostPath] = ["/sys/b", "/sys/a/b", "/sys/a", "/proc/1", "/sys/a-b"]
    #expect(paths.sorted() == ["/proc/1", "/sys/a", "/sys/a-b", "/sys/a/b", "/sys/b"])
  }

  @Test(
    "a component is a name without a slash, and neither . nor ..",
    arguments: [
      ("a", true), ("...", true), ("0000:00:1f.0", true), ("", false), (".", false), ("..", false),
      ("a/b", false), ("a\0", false),
    ])
  func components(name: String, isComponent: Bool) {
    #expect(HostPath.isComponent(name) == isComponent)
  }
}
