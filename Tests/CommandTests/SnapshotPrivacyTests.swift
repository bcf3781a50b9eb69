import HostModel
import TestSupport
import Testing

/// What a snapshot must not hold: everything by which a machine or its owner could be known.
@Suite struct SnapshotPrivacyTests {
  private static let secret = "SECRET"

  /// A host with a secret in every file that is near what is read, and in parts of what is read.
  private func tree() throws -> TemporaryDirectory {
    var host = Sample.mixed
    host.hasModuleTables = true
    var use = UseSetup()
    use.addDisk("sda", "8:0", on: "0000:00:17.0", in: "ata1/host0/target0:0:0/0:0:0:0/block")
    use.addVolume("dm-0", "253:0", of: ["sda"], mapping: "SECRET-vg")
    use.addLoop("loop0", "7:0")
    use.mount("8:0", at: "/home/SECRET", from: "/dev/disk/by-label/SECRET")
    use.mount("0:33", at: "/", as: "btrfs", from: "/dev/mapper/SECRET-vg")
    use.mount("0:34", at: "/usr", as: "nfs4", from: "SECRET:/export")
    use.mount("0:35", at: "/srv", as: "zfs", from: "SECRET/pool")
    use.addSwap("/dev/mapper/SECRET-vg")
    use.addSwap("/SECRET.swap", isFile: true)
    use.addInterface("enx525400123456", on: "0000:00:17.0")
    use.addRoute("enx525400123456", isDefault: true)
    use.addDefaultRoute6("enx525400123456")
    use.addAddress6("enx525400123456")
    use.addConsole("tty0 -WU (EC p  ) 4:1")
    use.addSound(0, on: "0000:00:17.0", isPlaying: true)
    host.use = use
    host.processes = [
      HostProcess(7, "qemu", files: [4: "/dev/sda", 5: "/home/SECRET/disk", 6: "/dev/SECRET"])
    ]
    let tree = try Sample.tree(host)
    let device = tree / "sys/devices/pci0000:00/0000:00:17.0"
    let secrets = [
      device + "/serial", device + "/wwid", device + "/uevent", device + "/vpd",
      device + "/config", device + "/subsystem_device", device + "/label",
      device + "/net/eth0/address", device + "/net/enx525400123456/address",
      device + "/ata1/host0/target0:0:0/0:0:0:0/wwid",
      tree / "proc/driver/nvidia/gpus/0000:00:17.0/uuid", device + "/sas_address",
      tree / "sys/class/dmi/id/product_serial", tree / "sys/class/dmi/id/product_uuid",
      tree / "sys/class/net/eth0/address", tree / "sys/firmware/acpi/tables/DMAR",
      tree / "sys/module/vfio/version", tree / "sys/kernel/notes",
      tree / "proc/version", tree / "proc/sys/kernel/hostname", tree / "proc/sys/kernel/domainname",
      tree / "proc/1/cmdline", tree / "proc/1/environ", tree / "etc/hostname",
      tree / "etc/machine-id",
    ]
    for path in secrets {
      try TreeFiles.makeDirectories(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
      TreeFiles.removeTree(path)
      try TreeFiles.writeFile(path, Array("\(Self.secret) 52:54:00:12:34:56\n".utf8))
    }
    let texts = [
      "proc/cmdline":
        "root=UUID=SECRET-1 cryptdevice=/dev/disk/by-id/SECRET:x iommu=pt ip=SECRET hostname=SECRET\n",
      "proc/sys/kernel/version": "#1 SMP SECRET@buildhost Debian 6.12.94-1 (SECRET)\n",
      "proc/cpuinfo": "processor: 0\nvendor_id : GenuineIntel\nSerial : SECRET\nflags : SECRET\n",
      "proc/interrupts": " 1: 9 IR-IO-APIC 1-edge SECRET\n 2: 1 IR-PCI-MSI-0 0-edge nvme-SECRET\n",
      "proc/driver/nvidia/gpus/0000:00:17.0/information":
        "Model: SECRET\nGPU UUID: SECRET\nDevice Minor: \t 0\n",
      "proc/kallsyms": "ffffffff81a0b0c0 T SECRET_symbol\n",
    ]
    for (path, text) in texts { try TreeFiles.writeFile(tree / path, Array(text.utf8)) }
    return tree
  }

  @Test func aSnapshotHasNoPrivateData() async throws {
    let tree = try tree()
    let snapshot = try await Sample.run("snapshot", "-s", tree.path)
    #expect(snapshot.status == 0)
    #expect(snapshot.output.contains("/proc/cmdline = iommu=pt\\n"))
    #expect(snapshot.output.contains("/proc/sys/kernel/version = Debian 6.12.94-1\\n"))
    #expect(
      snapshot.output.contains(
        "/proc/self/mountinfo = 0 0 8:0 / other - - ext4 -\\n0 0 0:33 / / - - btrfs dm-0\\n"))
    #expect(snapshot.output.contains("/proc/self/net/route = enx0 default\\n"))
    #expect(snapshot.output.contains("/proc/swaps = dm-0 partition\\n"))
    #expect(snapshot.output.contains("/proc/7/fd/4 -> /dev/sda\n"))
    for text in [
      Self.secret, "52:54:00", "525400123456", "20010db8", "0101A8C0", "UUID", "by-id", "buildhost",
    ] {
      #expect(!snapshot.output.contains(text))
    }
    let shown = try await Sample.run("snapshot", "-s", tree.path, "--show")
    #expect(shown.output.contains("file       /proc/cmdline = iommu=pt\n"))
    #expect(!shown.output.contains(Self.secret))
  }

  @Test func aTreeHasNoPrivateData() async throws {
    let tree = try tree()
    let directory = try TemporaryDirectory()
    let written = try await Sample.run("snapshot", "-s", tree.path, "-o", directory / "copy/")
    #expect(written.status == 0)
    let found = try await Program(named: "grep").run(["-rl", Self.secret, directory.path])
    #expect(found.output.isEmpty)
    #expect(TextFile.text(of: directory / "copy/proc/cmdline") == "iommu=pt\n")
  }
}
