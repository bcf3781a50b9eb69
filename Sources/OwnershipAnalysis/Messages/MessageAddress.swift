import HostModel

/// The numbers and addresses of a text.
enum MessageAddress {
  /// What a run of a text is as a whole; `nil` for words.
  static func kind(of run: ArraySlice<UInt8>) -> MessageToken.Kind? {
    // No address is shorter than `01:00` or longer than `pci_12345678_01_00_0`.
    guard 5...20 ~= run.count else { return nil }
    if run.starts(with: "pci_".utf8) {
      return parse(run).map { _ in .address }
    }
    guard run.contains(UInt8(ascii: ":")),
      run.allSatisfy({ Hexadecimal.digit($0) != nil || ":.".utf8.contains($0) })
    else { return nil }
    if parse(run) != nil { return .address }
    let parts = run.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard !run.contains(UInt8(ascii: ".")) else { return nil }
    switch parts.map(\.count) {
    case [4, 4]: return .ids
    case [2, 2], [4, 2, 2]: return .slot
    default: return nil
    }
  }

  /// The function, or the first one of a slot.
  static func parse(_ text: ArraySlice<UInt8>) -> PCIAddress? {
    var text = String(decoding: text.filter { $0 != UInt8(ascii: "\\") }, as: UTF8.self)
    if text.hasPrefix("pci_") {
      var parts = text.split(separator: "_").dropFirst()
      guard parts.count == 4, let function = parts.popLast() else { return nil }
      text = parts.joined(separator: ":") + "." + function
    }
    return PCIAddress(text, shortForm: true)
  }

  /// The first function of a slot: `0000:01:00`.
  static func parse(slot: ArraySlice<UInt8>) -> PCIAddress? {
    PCIAddress(String(decoding: slot, as: UTF8.self) + ".0", shortForm: true)
  }

  /// `13`, `0x1a`.
  static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    if text.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) { return true }
    guard text.count > 2, text.starts(with: "0x".utf8) else { return false }
    return text.dropFirst(2).allSatisfy { Hexadecimal.digit($0) != nil }
  }
}
