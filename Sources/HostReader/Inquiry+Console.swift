import HostModel

extension Inquiry {
  mutating func display(of devices: [Device]) -> HostDisplay {
    let vga = devices.filter { device in
      device.bus == .pci && device.identity.value?.deviceClass.base == 0x03
        && flag("boot_vga", in: device.path).value == true
    }
    // Entries of connectors are named `card0-HDMI-A-1`.
    let connectors = entries(of: "sys/class/drm") { $0.utf8.contains(UInt8(ascii: "-")) }
    let screens = connectors.filter { text("status", in: $0).value == "connected" }
    return HostDisplay(bootVGA: vga.map(\.path), screens: screens, consoles: consoles())
  }

  private mutating func consoles() -> Reading<[HostConsole]> {
    Inquiry.required(
      excerpt(.consoles, of: "consoles", in: "proc").map { lines in
        lines.compactMap { line in
          let words = line.split(separator: " ")
          guard let name = words.first else { return nil }
          let number = words.count > 1 ? words.last.flatMap { DeviceNumber($0) } : nil
          return HostConsole(name: EntryName(String(name)), number: number)
        }
      })
  }

  mutating func inputs() -> Reading<[InputDevice]> {
    let directory: HostPath = "sys/class/input"
    return names(in: directory).map { names in
      names.filter { $0.hasPrefix("input") }.compactMap { name in
        guard let path = target(of: name, in: directory).value, isDevice(path),
          let keys = text("key", in: path / "capabilities").value.map(KeyMap.init)
        else { return nil }
        guard keys.isKeyboard || keys.isPointer else { return nil }
        return InputDevice(path: path, isKeyboard: keys.isKeyboard)
      }
    }
  }

  /// `closed`, or the state of the stream, in the file of each substream.
  mutating func playingCards() -> [Int] {
    let directory: HostPath = "proc/asound"
    return (names(in: directory).value ?? []).compactMap { card in
      guard card.hasPrefix("card"), let number = GroupNumber(card.dropFirst(4)) else { return nil }
      return isPlaying(directory / card) ? Int(number.value) : nil
    }
  }

  private mutating func isPlaying(_ card: HostPath) -> Bool {
    for stream in names(in: card).value ?? [] where stream.hasPrefix("pcm") {
      for part in names(in: card / stream).value ?? [] where part.hasPrefix("sub") {
        let state = excerpt(.stream, of: "status", in: card / stream / part).value?.first
        if let state, state != "closed" { return true }
      }
    }
    return false
  }
}

extension Excerpt {
  /// `tty0 4:7` of `tty0 -WU (EC p ) 4:7`.
  fileprivate static let consoles = Excerpt(limit: 64 << 10) { line in
    let words = line.split { $0 == " " || $0 == "\t" }
    guard let name = words.first else { return nil }
    guard words.count > 1, let last = words.last, DeviceNumber(last) != nil else {
      return String(name)
    }
    return "\(name) \(last)"
  }

  /// The state alone: the owner is a process.
  fileprivate static let stream = Excerpt(limit: 4 << 10) { line in
    line == "closed" || line.hasPrefix("state:") ? String(line) : nil
  }
}

/// The keys that an input device has, as `capabilities/key` writes them: words of 64 bits in
/// hexadecimal, the highest first.
private struct KeyMap {
  /// The lowest first.
  private let words: [UInt64]

  init(_ text: String) {
    words = text.split(separator: " ").reversed().map { UInt64($0, radix: 16) ?? 0 }
  }

  /// It has every key from ESC to S, as udev judges it.
  var isKeyboard: Bool { (words.first ?? 0) & 0xffff_fffe == 0xffff_fffe }

  /// BTN_LEFT, 0x110, or BTN_TOUCH, 0x14a.
  var isPointer: Bool { has(0x110) || has(0x14a) }

  private func has(_ key: Int) -> Bool {
    key / 64 < words.count && words[key / 64] & 1 << (key % 64) != 0
  }
}
