import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

@Suite("Operation scripts")
struct OperationScriptTests {
  private static let host: ObservedHost = {
    var host = HostValues(KernelVersion(6, 12), "e1000e", "vfio-pci")
    host.add("some", bus: .platform)
    host.add("some", bus: .amba)
    host[4] = Device(
      name: host[3].name, bus: .amba, path: "sys/devices/amba/twin", group: .value(1))
    return host.observed
  }()

  static let unknown =
    "known: bind, unbind, override, probe, new-id, remove-id, open, open-node, open-cdev, close, "
    + "numvfs, group-type, write, modprobe, rmmod, and lines of a shell with echo, printf, tee, "
    + "driverctl, virsh or dpdk-devbind.py"

  static let malformed: [(line: String, message: String)] = [
    ("bind", "'bind' is not of the form: bind DEVICE DRIVER"),
    ("bind 01:01.0", "'bind 01:01.0' is not of the form: bind DEVICE DRIVER"),
    ("bind 01:01.0 a b", "'bind 01:01.0 a b' is not of the form: bind DEVICE DRIVER"),
    ("bind 01:01.0 pci/vfio-pci", "'pci/vfio-pci' is not the name of a driver"),
    ("new-id .. 10de:13c2", "'..' is not the name of a driver"),
    ("modprobe ../vfio", "'../vfio' is not the name of a module"),
    ("bind 02:00 vfio-pci", "no device '02:00' on this host"),
    ("unbind", "'unbind' is not of the form: unbind DEVICE"),
    ("override 01:01.0", "'override 01:01.0' is not of the form: override DEVICE DRIVER|-"),
    ("probe nothing", "no device 'nothing' on this host"),
    ("probe platform-3", "device 'platform-3' is on several buses (amba, platform)"),
    ("new-id vfio-pci", "'new-id vfio-pci' is not of the form: new-id DRIVER VENDOR:DEVICE"),
    (
      "new-id vfio-pci 8086", "'8086' is not VENDOR:DEVICE in hexadecimal, like 10de:13c2"
    ),
    (
      "remove-id vfio-pci 8086:xyz",
      "'8086:xyz' is not VENDOR:DEVICE in hexadecimal, like 10de:13c2"
    ),
    ("open", "'open' is not of the form: open DEVICE... [as NAME]"),
    ("open as vm", "'open as vm' is not of the form: open DEVICE... [as NAME]"),
    ("open 01:01.0 as", "'open 01:01.0 as' is not of the form: open DEVICE... [as NAME]"),
    (
      "open 01:01.0 as a b", "'open 01:01.0 as a b' is not of the form: open DEVICE... [as NAME]"
    ),
    ("open-node 1 1", "'open-node 1 1' is not of the form: open-node GROUP [as NAME]"),
    ("open-node 01", "no group '01' on this host"),
    ("open-node -1", "no group '-1' on this host"),
    ("open-cdev", "'open-cdev' is not of the form: open-cdev DEVICE... [as NAME]"),
    ("close", "'close' is not of the form: close NAME"),
    ("close a b", "'close a b' is not of the form: close NAME"),
    ("numvfs 01:01.0 x", "'x' is not a number of virtual functions"),
    ("numvfs 01:01.0 +1", "'+1' is not a number of virtual functions"),
    ("numvfs 01:01.0 65536", "'65536' is not a number of virtual functions"),
    (
      "numvfs 01:01.0 99999999999999999999",
      "'99999999999999999999' is not a number of virtual functions"
    ),
    ("group-type 1", "'group-type 1' is not of the form: group-type GROUP TYPE"),
    ("group-type 2 DMA", "no group '2' on this host"),
    ("modprobe", "'modprobe' is not of the form: modprobe MODULE"),
    ("rmmod", "'rmmod' is not of the form: rmmod MODULE"),
    ("Bind 01:01.0 vfio-pci", "unknown operation 'Bind'; \(unknown)"),
    // A byte order mark, a no-break space, a colour: shown as escaped bytes.
    ("\u{feff}bind 01:01.0 x", "unknown operation '\\xef\\xbb\\xbfbind'; \(unknown)"),
    ("bind\u{a0}01:01.0 x", "unknown operation 'bind\\xc2\\xa001:01.0'; \(unknown)"),
    ("probe \u{1b}[31m", "no device '\\x1b[31m' on this host"),
    ("probe \u{441}", "no device '\\xd1\\x81' on this host"),
  ]

  @Test("a malformed line is reported with its number", arguments: malformed.indices)
  func mistakes(at index: Int) {
    let (line, message) = Self.malformed[index]
    let lines = ["# a comment", "", "probe 01:01.0", line, "also wrong"]
    let mistake = #expect(throws: OperationScript.Mistake.self) {
      try OperationScript(lines, on: Self.host)
    }
    #expect(mistake?.line == 4)
    #expect(mistake?.message == message)
  }

  @Test("messages are one line of printable ASCII", arguments: malformed.indices)
  func printable(at index: Int) {
    #expect(Self.malformed[index].message.utf8.allSatisfy { 0x20...0x7e ~= $0 })
  }

  @Test("comments, blank lines, tabs and line ends are ignored")
  func blanks() throws {
    let script = try OperationScript(
      [
        "", "   \t", "# bind", "\tbind\t0000:01:01.0 \t vfio-pci\r", "unbind 01:01.0# now",
        "close vm#1", "probe 01:01.0 #\u{301}vm",
        "probe 01:01.0 # \u{1F468}\u{200D}\u{1F469} \u{0}",
      ], on: Self.host)
    #expect(
      script.steps.map(\.text)
        == [
          "bind 0000:01:01.0 vfio-pci", "unbind 01:01.0", "close vm", "probe 01:01.0",
          "probe 01:01.0",
        ])
  }

  @Test("every operation of the manual is read")
  func forms() throws {
    let path = Self.host.devices[0].path
    let id = PCIIDPair(vendor: 0x10de, device: 0xb)
    let vm = HolderName("vm")
    let forms: [(String, OwnershipAnalysis.Operation)] = [
      ("bind 01:01.0 e1000e", .bind(path, "e1000e")), ("unbind 0000:01:01.0", .unbind(path)),
      ("override 01:01.0 x", .override(path, "x")), ("override 01:01.0 -", .override(path, nil)),
      ("override 01:01.0 a/b", .override(path, "a/b")),
      ("probe 01:01.0", .probe(path)), ("new-id x 10DE:b", .newID("x", id)),
      ("remove-id x 10de:000b", .removeID("x", id)),
      ("open 01:01.0 01:01.0 as vm", .open([path, path], holder: vm)),
      ("open 01:01.0", .open([path], holder: nil)), ("open-node 1 as vm", .openNode(1, holder: vm)),
      ("open-cdev 01:01.0 as as", .openCdev([path], holder: HolderName("as"))),
      ("close vm", .close(vm)), ("numvfs 01:01.0 65535", .numVFs(path, 65535)),
      ("group-type 1 auto", .groupType(1, "auto")),
      ("write /sys/bus/pci/drivers_probe x", .write(.bus(.pci, .probe), "x\n")),
      ("modprobe vfio-pci", .modprobe("vfio_pci")),
      ("rmmod vfio_pci", .rmmod("vfio_pci")),
    ]
    let script = try OperationScript(forms.map(\.0), on: Self.host)
    #expect(script.steps.map(\.operation) == forms.map(\.1))
  }
}
