import HostModel
import HostReader

/// `/proc`, `/boot` and the firmware's tables.
extension TreeComposer {
  mutating func composeKernel() {
    file("proc/sys/kernel/osrelease", host.release + "\n")
    file("proc/sys/kernel/version", host.build + "\n")
    file("proc/version", "Linux version \(host.release) (builder@example) (gcc) \(host.build)\n")
    file("proc/cmdline", host.commandLine + "\n")
    if let signature = host.signature { file("proc/version_signature", signature + "\n") }
    file("proc/cpuinfo", cpuInformation)
    if let symbols = host.symbols {
      let lines = symbols.map(\.rawValue).sorted().map { "0000000000000000 T \($0)\n" }
      file("proc/kallsyms", "0000000000000000 T _text\n" + lines.joined())
    }
    if !host.options.isEmpty {
      let lines = host.options.sorted { $0.key.rawValue < $1.key.rawValue }.map { option, value in
        value == "n" ? "# \(option.rawValue) is not set\n" : "\(option.rawValue)=\(value)\n"
      }
      file("boot" / "config-\(host.release)", lines.joined())
    }
    if host.hasModuleTables {
      let modules = "usr/lib/modules" / host.release
      file(modules / "modules.alias", ModuleTables.aliases)
      file(
        modules / "modules.builtin.modinfo",
        ModuleTables.builtInRecords.map { $0 + "\0" }.joined())
    }
    file("sys/kernel/uevent_seqnum", "4711\n")
  }

  private var cpuInformation: String {
    let hypervisor = host.isVirtualMachine ? " hypervisor" : ""
    return switch host.processor {
    case .intel:
      "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vme msr apic vmx\(hypervisor)\n\n"
    case .amd:
      "processor\t: 0\nvendor_id\t: AuthenticAMD\nflags\t\t: fpu vme msr apic svm\(hypervisor)\n\n"
    case .arm:
      "processor\t: 0\nFeatures\t: fp asimd evtstrm\nCPU implementer\t: 0x41\n\n"
    }
  }

  mutating func composeFirmware() {
    let tables = host.firmwareTables.union(["APIC", "DSDT", "FACP", "MCFG"])
    for table in tables { writeOnly("sys/firmware/acpi/tables", table) }
  }

  mutating func composeInterrupts() {
    var table = InterruptTable(kind: host.interrupts.kind, version: host.version)
    for function in host.functions {
      guard case .open(let vectors) = function.use else { continue }
      for vector in 0..<vectors {
        table.add(handler: "vfio-msix[\(vector)](\(function.address))", of: function.address)
      }
    }
    file("proc/interrupts", table.text)
  }

  mutating func composeProcesses() {
    let first = HostProcess(1, "systemd", files: [0: "/dev/null"])
    for process in [first] + host.processes {
      let path = "proc" / "\(process.id)"
      file(path / "comm", process.command + "\n")
      directory(path / "fd")
      for (descriptor, target) in process.files {
        entries[path / "fd" / "\(descriptor)"] = .link(target)
        var information = "pos:\t0\nflags:\t02000002\nmnt_id:\t16\nino:\t1057\n"
        if host.version >= KernelVersion(6, 18), let address = process.devices[descriptor],
          let device = functionPaths[address]
        {
          information += "vfio-device-syspath: \(device)\n"
        }
        file(path / "fdinfo" / "\(descriptor)", information)
      }
    }
  }
}
