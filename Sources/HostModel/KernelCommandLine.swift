/// The kernel's command line, `/proc/cmdline`, word by word, without what no verdict rests on.
package struct KernelCommandLine: Sendable, Equatable {
  package let words: [String]

  /// Splits at white space, outside double quotes, and keeps what ``KernelParameter`` knows.
  package init(_ text: String) {
    var words: [String] = []
    var word = ""
    var quoted = false
    for character in text.unicodeScalars {
      if character == "\"" {
        quoted.toggle()
      } else if !quoted, character == " " || character == "\t" || character == "\n" {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.unicodeScalars.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    self.words = words.filter { word in KernelParameter.allCases.contains { $0.isNamed(by: word) } }
  }

  /// The words as a line that splits into them again.
  package var text: String {
    words.map { word in
      word.unicodeScalars.contains { $0 == " " || $0 == "\t" || $0 == "\n" } ? "\"\(word)\"" : word
    }.joined(separator: " ")
  }

  /// Every value given to `parameter`, in order; the kernel takes dashes for underscores.
  package func values(of parameter: KernelParameter) -> [String] {
    words.compactMap { word in
      guard parameter.isNamed(by: word), let equals = word.utf8.firstIndex(of: UInt8(ascii: "="))
      else { return nil }
      return String(word[word.index(after: equals)...])
    }
  }

  /// The comma-separated items of every value given to `parameter`, in order.
  package func items(of parameter: KernelParameter) -> [String] {
    values(of: parameter).flatMap { $0.split(separator: ",").map(String.init) }
  }
}

/// A parameter of the kernel's command line on which a verdict can rest.
///
/// The rest of the line is private: it names disks, hosts and keys. So this is the only list. A
/// rule can ask for nothing else, and the reader keeps nothing else.
package enum KernelParameter: String, CaseIterable, Sendable {
  case iommu
  case intelIOMMU = "intel_iommu"
  case amdIOMMU = "amd_iommu"
  /// Of an out-of-tree patch.
  case acsOverride = "pcie_acs_override"
  case unsafeInterrupts = "vfio_iommu_type1.allow_unsafe_interrupts"
}

extension KernelParameter {
  /// Whether the word sets it, in either spelling of the underscore.
  fileprivate func isNamed(by word: String) -> Bool {
    var name = word.utf8.prefix { $0 != UInt8(ascii: "=") }
    for byte in rawValue.utf8 {
      guard let spelt = name.popFirst(),
        spelt == byte || (spelt == UInt8(ascii: "-") && byte == UInt8(ascii: "_"))
      else { return false }
    }
    return name.isEmpty
  }
}
