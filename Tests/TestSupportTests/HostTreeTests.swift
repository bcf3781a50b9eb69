import HostModel
import HostReader
import TestSupport
import Testing

@Suite("Composed hosts")
struct HostTreeTests {
  private var mixed: HostTree {
    var host = HostTree(
      kernel: "6.12.94+deb13-amd64", build: "#1 SMP PREEMPT_DYNAMIC Debian 6.12.94-1")
    host.add(
      PCIFunction("0000:00:01.0", class: 0x060400, id: "8086:1901", driver: "pcieport", group: 1),
      PCIFunction(
        "0000:01:00.0", class: 0x030000, id: "10de:13c2", driver: "vfio-pci", group: 1,
        parent: "0000:00:01.0", override: "vfio-pci"),
      PCIFunction(
        "0000:01:00.1", class: 0x040300, id: "10de:0fbb", driver: "snd_hda_intel", group: 1,
        parent: "0000:00:01.0"))
    return host
  }

  @Test("spell links as the kernel does")
  func links() {
    let entries = mixed.entries
    let device: HostPath = "/sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0"
    #expect(entries[device / "driver"] == .link("../../../../bus/pci/drivers/vfio-pci"))
    #expect(entries[device / "iommu_group"] == .link("../../../../kernel/iommu_groups/1"))
    #expect(
      entries["/sys/kernel/iommu_groups/1/devices/0000:01:00.0"]
        == .link("../../../../devices/pci0000:00/0000:00:01.0/0000:01:00.0"))
    #expect(
      entries["/sys/bus/pci/drivers/vfio-pci/module"] == .link("../../../../module/vfio_pci"))
    for (path, entry) in entries where path.components.first == "sys" {
      guard case .link(let target) = entry else { continue }
      let place = path.parent?.resolving(link: target)
      #expect(place.flatMap { entries[$0] } != nil, "\(path) leads nowhere")
    }
  }

  @Test(
    "show what a kernel of that version shows",
    arguments: [
      ("5.10.223", false, false, false), ("5.15.85", true, false, false),
      ("6.1.140", true, true, false), ("6.6.17", true, true, true),
    ])
  func versions(kernel: String, hasResetMethod: Bool, hasVFIODevice: Bool, hasNode: Bool) {
    var host = HostTree(kernel: kernel)
    host.hasDeviceNodes = true
    host.add(
      PCIFunction("0000:01:00.0", class: 0x030000, id: "10de:13c2", driver: "vfio-pci", group: 1))
    let entries = host.entries
    let device: HostPath = "/sys/devices/pci0000:01/0000:01:00.0"
    #expect((entries[device / "reset_method"] != nil) == hasResetMethod)
    #expect((entries[device / "vfio-dev/vfio0"] != nil) == hasVFIODevice)
    #expect((entries[device / "vfio-dev/vfio0/dev"] != nil) == hasNode)
  }

  @Test("are listed by lspci as they were composed")
  func lspci() async throws {
    let directory = try TemporaryDirectory()
    try mixed.write(to: directory.path)
    let arguments = [
      "-Dnnk", "-A", "linux-sysfs", "-O", "sysfs.path=" + (directory / "sys/bus/pci"),
    ]
    guard let outcome = try? await Program(named: "lspci").run(arguments) else {
      try Test.cancel("lspci is not installed")
    }
    #expect(outcome.output.contains("0000:01:00.0 VGA compatible controller [0300]"))
    #expect(outcome.output.contains("[10de:13c2]\n\tKernel driver in use: vfio-pci\n"))
    #expect(outcome.output.contains("[10de:0fbb]\n\tKernel driver in use: snd_hda_intel\n"))
  }

  @Test("are listed completely by libudev")
  func udev() async throws {
    guard await Privilege.canUnshareMounts() else {
      try Test.cancel("this machine forbids mount namespaces")
    }
    let directory = try TemporaryDirectory()
    try mixed.write(to: directory.path)
    let script = "mount --bind \"$1\" /sys && udevadm trigger --verbose --dry-run -s pci"
    let outcome = try await Program(named: "unshare").run(
      Privilege.unshareArguments + ["sh", "-c", script, "sh", directory / "sys"],
      environment: ["SYSTEMD_DEVICE_VERIFY_SYSFS": "0"])
    guard outcome.status == 0 else { try Test.cancel("no udevadm here: \(outcome.errors)") }
    #expect(
      outcome.output.split(separator: "\n").sorted() == [
        "/sys/devices/pci0000:00/0000:00:01.0",
        "/sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0",
        "/sys/devices/pci0000:00/0000:00:01.0/0000:01:00.1",
      ])
  }
}
