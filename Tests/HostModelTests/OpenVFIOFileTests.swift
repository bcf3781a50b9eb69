import HostModel
import Testing

@Suite("Open VFIO files")
struct OpenVFIOFileTests {
  @Test(
    "a VFIO file is identified by the link of its descriptor",
    arguments: [
      ("/dev/vfio/vfio", OpenVFIOFile.Target.container),
      ("/dev/vfio/13", .group(VFIOGroupNode(group: 13, isNoIOMMU: false))),
      ("/dev/vfio/noiommu-2", .group(VFIOGroupNode(group: 2, isNoIOMMU: true))),
      ("/dev/vfio/devices/vfio3", .deviceNode("vfio3")),
      ("/dev/iommu", .iommufd),
      ("anon_inode:[vfio-device]", .device(nil)),
    ])
  func targets(link: String, target: OpenVFIOFile.Target) {
    #expect(OpenVFIOFile.target(ofLink: link) == target)
    #expect(target.linkText == link)
  }

  @Test(
    "other files are not taken for VFIO files",
    arguments: [
      "", "/dev/null", "/dev/vfio", "/dev/vfio/", "/dev/vfio/x", "/dev/vfio/13 (deleted)",
      "/dev/iommux", "anon_inode:[vfio-device-x]", "/tmp/dev/vfio/13", "socket:[1]",
    ])
  func others(link: String) {
    #expect(OpenVFIOFile.target(ofLink: link) == nil)
  }

  @Test("files are ordered by process, then descriptor")
  func order() {
    func file(_ process: Int, _ descriptor: Int) -> OpenVFIOFile {
      OpenVFIOFile(process: process, command: nil, descriptor: descriptor, target: .container)
    }
    #expect(
      [file(10, 3), file(9, 20), file(9, 3)].sorted() == [file(9, 3), file(9, 20), file(10, 3)])
  }
}
