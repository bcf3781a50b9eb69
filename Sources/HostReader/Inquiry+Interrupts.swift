import HostModel

extension Inquiry {
  /// `/proc/interrupts` (kernel-rules §8.1).
  mutating func interrupts() -> Reading<InterruptDelivery> {
    excerpt(.interrupts, of: "interrupts", in: "proc").map { lines in
      let lines = lines.compactMap { InterruptLine($0[...]) }
      let devices = lines.flatMap(\.handlers).map { DeviceName(String($0.device)) }
      return InterruptDelivery(
        remapping: Inquiry.remapping(lines.map(\.chip)), vfioDevices: Set(devices))
    }
  }

  private static func remapping(_ chips: [Substring]) -> InterruptDelivery.Remapping {
    if chips.contains(where: { $0.hasPrefix(InterruptLine.remapped) }) { return .active }
    if chips.contains(where: { $0.hasPrefix(InterruptLine.translated) }) {
      return .translationService
    }
    return chips.contains(where: { $0.hasPrefix(InterruptLine.wired) }) ? .inactive : .unknown
  }
}

extension Excerpt {
  /// The chips that show how interrupts arrive and VFIO's handlers, without the counters.
  fileprivate static let interrupts = Excerpt(limit: 64 << 20) { line in
    guard let interrupt = InterruptLine(line), interrupt.isEvidence else { return nil }
    let handlers = interrupt.handlers.map { " \($0.kind)(\($0.device))" }.joined(separator: ",")
    return "0: \(interrupt.chip)\(handlers)"
  }
}

/// A line of `/proc/interrupts`: number, a counter for each processor, chip, trigger, handlers.
private struct InterruptLine {
  static let remapped = "IR-"
  static let translated = "ITS-"
  static let wired = "IO-APIC"

  /// Without the device that some chips carry at the end, `PCI-MSI-0000:00:1f.2`.
  let chip: Substring
  /// Handlers of VFIO: `vfio-msix[0](0000:01:00.0)`.
  let handlers: [(kind: Substring, device: Substring)]

  /// Fails for the header and for the lines of a processor's own interrupts, `NMI:`.
  init?(_ line: Substring) {
    let words = line.split(separator: " ")
    guard let label = words.first, label.utf8.last == UInt8(ascii: ":"),
      label.dropLast().utf8.allSatisfy(InterruptLine.isDigit),
      let chip = words.dropFirst().first(where: { !$0.utf8.allSatisfy(InterruptLine.isDigit) })
    else { return nil }
    self.chip = InterruptLine.plainChip(chip)
    handlers = words.dropFirst(2).compactMap(InterruptLine.handler)
  }

  var isEvidence: Bool {
    !handlers.isEmpty || chip.hasPrefix(InterruptLine.remapped)
      || chip.hasPrefix(InterruptLine.translated) || chip.hasPrefix(InterruptLine.wired)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private static func plainChip(_ chip: Substring) -> Substring {
    guard let dash = chip.lastIndex(of: "-"), chip[dash...].contains(":") else { return chip }
    return chip[..<dash]
  }

  private static func handler(_ word: Substring) -> (kind: Substring, device: Substring)? {
    guard word.hasPrefix("vfio-"), let open = word.firstIndex(of: "("),
      let close = word.lastIndex(of: ")"), open < close
    else { return nil }
    let device = word[word.index(after: open)..<close]
    guard !device.isEmpty else { return nil }
    return (word[..<open].prefix { $0 != "[" }, device)
  }
}
