import HostModel
import OwnershipAnalysis
import Reporting
import TestSupport
import Testing

/// Operations in the words of provisioning scripts.
@Suite("Lines of scripts")
struct ScriptLineTests {
  /// D1 on e1000e, D2 on vfio-pci in one group; D3 a physical function on e1000e in group 2.
  private static let host: HostValues = {
    var host = HostValues(KernelVersion(6, 12, 107), "e1000e", "vfio-pci")
    host.add(
      "e1000e", group: 2,
      sriov: .physical(
        PhysicalFunction(totalVFs: .value(7), virtualFunctions: [], driversAutoprobe: .value(true)))
    )
    host.vfio.noIOMMUMode = .value(false)
    host.vfio.unsafeInterrupts = .value(false)
    return host
  }()

  private static let devices = "/sys/bus/pci/devices/0000:01"
  private static let drivers = "/sys/bus/pci/drivers"

  /// A line, and the answers to what it asks for.
  static let lines: [(line: String, answers: [String])] = [
    ("echo 0000:01:01.0 > \(drivers)/e1000e/unbind", ["accepted"]),
    ("echo -n 0000:01:01.0 >> \(drivers)/e1000e/unbind", ["accepted"]),
    ("printf '%s' 0000:01:01.0 > \(devices):01.0/driver/unbind", ["accepted"]),
    ("printf '0000:01:01.0\\n' > \(devices):01.0/driver/unbind", ["accepted"]),
    ("echo \"0000:01:01.0\" | sudo tee \(drivers)/e1000e/unbind > /dev/null", ["accepted"]),
    ("sudo sh -c 'echo 0000:01:01.0 > \(drivers)/e1000e/unbind'", ["accepted"]),
    ("echo $'0000:01:01.0\\n' > \(drivers)/e1000e/unbind", ["ENODEV at unbind"]),
    ("write \(drivers)/e1000e/unbind 0000:01:01.0", ["accepted"]),
    ("/usr/bin/echo 0000:01:01.0 > \(drivers)/e1000e/unbind 2>/dev/null", ["accepted"]),
    // Spellings that the kernel does not take.
    ("echo 01:01.0 > \(drivers)/e1000e/unbind", ["ENODEV at unbind"]),
    ("echo '0000:01:01.0 ' > \(drivers)/e1000e/unbind", ["ENODEV at unbind"]),
    ("echo 0000:01:01.0 > \(drivers)/vfio-pci/unbind", ["ENODEV at unbind"]),
    ("echo 0000:01:02.0 > \(drivers)/E1000E/unbind", ["ENOENT at open"]),
    ("echo 0000:09:00.0 > \(drivers)/e1000e/bind", ["ENODEV at bind"]),
    ("echo x > /sys/bus/pci/devices/0000:09:00.0/driver_override", ["ENOENT at open"]),
    ("bind 09:00.0 e1000e", ["ENODEV at bind"]),
    ("echo 8086:10d3 > \(drivers)/vfio-pci/new_id", ["EINVAL at new_id"]),
    ("echo 8086 > \(drivers)/vfio-pci/new_id", ["EINVAL at new_id"]),
    ("echo 8086 10d3 > \(drivers)/vfio-pci/new_id", ["accepted"]),
    ("echo 0x8086 0x10d3 > \(drivers)/vfio-pci/new_id", ["accepted"]),
    ("echo 8086 10d3 ffffffff ffffffff > \(drivers)/vfio-pci/new_id", ["undetermined at new_id"]),
    // driver_override takes any text.
    ("echo vfio-pci > \(devices):01.0/driver_override", ["accepted"]),
    ("echo > \(devices):01.0/driver_override", ["accepted"]),
    ("echo -n '' > \(devices):01.0/driver_override", []),
    ("echo 1 > \(devices):01.0/vendor", ["EACCES at open"]),
    ("echo 8 > \(devices):03.0/sriov_numvfs", ["ERANGE at sriov_numvfs"]),
    ("echo 0x4 > \(devices):03.0/sriov_numvfs", ["accepted"]),
    ("echo 99999 > \(devices):03.0/sriov_numvfs", ["EINVAL at sriov_numvfs"]),
    // The tools, as what they write.
    (
      "driverctl --nosave set-override 0000:01:01.0 vfio-pci",
      ["accepted", "accepted", "accepted", "accepted"]
    ),
    // Two drivers of this host have matched the id, and either may come first.
    (
      "driverctl unset-override 0000:01:02.0",
      ["accepted", "accepted", "undetermined at drivers_probe"]
    ),
    ("virsh nodedev-detach pci_0000_01_01_0", ["accepted", "accepted", "accepted"]),
    ("virsh nodedev-detach pci_0000_01_02_0", []),
    ("virsh nodedev-detach --driver vfio pci_0000_01_01_0", ["accepted", "accepted", "accepted"]),
    (
      "virsh nodedev-reattach pci_0000_01_02_0",
      ["accepted", "accepted", "undetermined at drivers_probe"]
    ),
    (
      "dpdk-devbind.py -b vfio-pci 01:01.0",
      ["accepted", "accepted", "accepted", "accepted"]
    ),
    ("dpdk-devbind.py -b vfio-pci 01:02.0", []),
    ("dpdk-devbind.py -u 01:01.0", ["accepted"]),
    ("echo four > \(devices):03.0/sriov_numvfs", ["EINVAL at sriov_numvfs"]),
    ("echo 4 > \(devices):01.0/sriov_numvfs", ["ENOENT at sriov_numvfs"]),
    ("echo off > \(devices):03.0/sriov_drivers_autoprobe", ["accepted"]),
    ("echo maybe > \(devices):03.0/sriov_drivers_autoprobe", ["EINVAL at sriov_drivers_autoprobe"]),
    ("echo 0 > /sys/bus/pci/drivers_autoprobe", ["accepted"]),
    ("echo 0000:01:01.0 > /sys/bus/pci/drivers_probe", ["accepted"]),
    ("echo 0000:01:09.0 > /sys/bus/pci/drivers_probe", ["ENODEV at drivers_probe"]),
    ("echo 1 > /sys/bus/pci/rescan", ["undetermined at rescan"]),
    ("echo x > /sys/bus/pci/rescan", ["EINVAL at rescan"]),
    ("echo 1 > \(devices):01.0/remove", ["accepted"]),
    ("echo 0 > \(devices):01.0/remove", ["accepted"]),
    ("echo identity > /sys/kernel/iommu_groups/1/type", ["EPERM at type"]),
    ("echo identity > /sys/kernel/iommu_groups/7/type", ["ENOENT at open"]),
    ("echo Y > /sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts", ["accepted"]),
    ("echo Y > /sys/module/vfio_pci/parameters/enable_sriov", ["ENOENT at open"]),
    ("echo Y > /sys/module/vfio_pci/parameters/disable_denylist", ["EACCES at open"]),
    ("modprobe -r e1000e", ["accepted"]),
    ("modprobe vfio-pci ids=8086:10d3 disable_idle_d3=1", ["accepted"]),
    ("modprobe -a vfio-pci e1000e", ["accepted", "accepted"]),
    // After && only where the one before it succeeded.
    (
      "echo 0000:01:01.0 > \(drivers)/nvme/unbind && echo x > \(devices):01.0/driver_override",
      ["ENODEV at unbind"]
    ),
    (
      "echo 0000:01:01.0 > \(drivers)/nvme/unbind; echo x > \(devices):01.0/driver_override",
      ["ENODEV at unbind", "accepted"]
    ),
  ]

  @Test("a line is answered as the kernel answers its writes", arguments: lines.indices)
  func answers(at index: Int) throws {
    let (line, expected) = Self.lines[index]
    let prediction = Prediction(
      try OperationScript([line], on: Self.host.observed), from: Self.host.state)
    #expect(prediction.steps.map(\.answer.outcome) == expected, "\(line)")
  }

  static let refused: [(line: String, message: String)] = [
    ("echo $X > /sys/bus/pci/rescan", "variables and substitutions are not followed"),
    ("echo `id` > /sys/bus/pci/rescan", "variables and substitutions are not followed"),
    ("echo \"$X\" > /sys/bus/pci/rescan", "variables and substitutions are not followed"),
    ("echo 1 > /sys/bus/pci/devices/*/remove", "patterns of file names are not followed"),
    ("echo 1 > /tmp/file", "'/tmp/file' is not a file that predict knows"),
    (
      "echo 1 > /sys/bus/pci/../pci/rescan",
      "'/sys/bus/pci/../pci/rescan' is not a file that predict knows"
    ),
    ("echo 1", "'echo' writes to no file"),
    ("echo 'x", "a quote has no end"),
    ("echo 1 >", "a redirection without a file"),
    ("echo 1 > /sys/bus/pci/rescan &", "'&' is not followed"),
    ("echo 1 > /sys/bus/pci/rescan || echo", "'||' is not followed"),
    ("echo x | cat > /sys/bus/pci/rescan", "output goes to a file or through 'tee'"),
    ("sh -c 'sh -c x'", "only 'sh -c COMMAND' is followed"),
    ("sudo", "a command is missing"),
    ("modprobe -n vfio-pci", "modprobe's option '-n' is not followed"),
    (
      "modprobe vfio-pci enable_sriov=1",
      "what the parameter 'enable_sriov' of vfio_pci does is not followed"
    ),
    ("driverctl set-override 01:01.0 vfio-pci", "no device '01:01.0' on this host"),
    ("virsh list", "only 'virsh nodedev-detach' and 'nodedev-reattach' are followed"),
    ("dpdk-devbind.py -s", "the option '-s' of dpdk-devbind.py is not followed"),
    ("printf %d 1 > /sys/bus/pci/rescan", "only %s is followed in the format of 'printf'"),
  ]

  @Test("what is not followed is named and refused, never skipped", arguments: refused.indices)
  func mistakes(at index: Int) {
    let (line, message) = Self.refused[index]
    let mistake = #expect(throws: OperationScript.Mistake.self) {
      try OperationScript(["# a comment", line], on: Self.host.observed)
    }
    #expect(mistake?.line == 2)
    #expect(mistake?.message == message)
  }

  @Test("a misspelt device is answered with the name that the kernel wants")
  func spelling() throws {
    let script = try OperationScript(
      ["echo 01:01.0 > \(Self.drivers)/e1000e/unbind"], on: Self.host.observed)
    let answer = Prediction(script, from: Self.host.state).steps[0].answer
    #expect(
      answer.reason.text
        == "no device is called '01:01.0': the kernel compares the whole name, 0000:01:01.0")
  }

  @Test("a removal waits for the device's user, and then goes on")
  func removal() throws {
    var host = HostValues(KernelVersion(6, 12, 107), "vfio-pci")
    host[1].driverOverride = .value(.driver("vfio-pci"))
    let steps = try host.run(
      "open D1 as h1", "write \(Self.devices):01.0/remove 1", "close h1", "bind D1 vfio-pci")
    #expect(
      steps.map(\.outcome) == ["accepted", "blocks at remove", "accepted", "ENODEV at bind"])
  }

  @Test("no-IOMMU mode that is switched off again refuses an open")
  func noIOMMUMode() throws {
    var host = HostValues(KernelVersion(6, 12, 107))
    host.add(nil, group: nil, override: .value(.driver("vfio-pci")))
    host.vfio.noIOMMUMode = .value(true)
    let parameter = "/sys/module/vfio/parameters/enable_unsafe_noiommu_mode"
    let steps = try host.run(
      "bind D1 vfio-pci", "open D1 as h1", "close h1", "write \(parameter) N", "open D1")
    #expect(
      steps.map(\.outcome) == [
        "accepted", "accepted", "accepted", "accepted", "ENODEV at SET_IOMMU",
      ])
  }
}

extension Answer {
  fileprivate var outcome: String {
    switch verdict {
    case .accepted: "accepted"
    case .refused(let errno): "\(errno) at \(call.rawValue)"
    default: "\(verdict.word) at \(call.rawValue)"
    }
  }
}
