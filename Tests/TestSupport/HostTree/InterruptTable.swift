import HostModel

/// The text of `/proc/interrupts`, on a host with two processors.
struct InterruptTable {
  private let kind: InterruptSetup.Kind
  private let version: KernelVersion
  private var lines: [String]
  private var next = 130

  init(kind: InterruptSetup.Kind, version: KernelVersion) {
    self.kind = kind
    self.version = version
    lines = ["           CPU0       CPU1       "]
    switch kind {
    case .remapped:
      lines += [
        "   0:         11          0  IR-IO-APIC    2-edge      timer",
        "   8:          0          0  IR-IO-APIC    8-edge      rtc0",
        "   9:          0          4  IR-IO-APIC    9-fasteoi   acpi",
        " 120:          0          0  DMAR-MSI    0-edge      dmar0",
      ]
    case .plain:
      lines += [
        "   0:         45          0   IO-APIC   2-edge      timer",
        "   8:          0          0   IO-APIC   8-edge      rtc0",
        "   9:          0          0   IO-APIC   9-fasteoi   acpi",
      ]
    case .translationService:
      lines += [
        "  11:      80114      79332     GICv3  30 Level     arch_timer",
        "  48:          0          0   ITS-MSI 16384 Edge      PCIe PME, aerdrv",
      ]
    }
  }

  mutating func add(handler: String, of address: PCIAddress) {
    let chip =
      switch kind {
      case .remapped: version >= KernelVersion(6, 2) ? "IR-PCI-MSIX-\(address)" : "IR-PCI-MSI"
      case .plain: version >= KernelVersion(6, 2) ? "PCI-MSIX-\(address)" : "PCI-MSI"
      case .translationService: "ITS-MSI"
      }
    lines.append(" \(next):        812        633  \(chip)    0-edge      \(handler)")
    next += 1
  }

  var text: String {
    let summary = [
      " NMI:          0          0   Non-maskable interrupts",
      " ERR:          0",
    ]
    return (lines + summary).map { $0 + "\n" }.joined()
  }
}
