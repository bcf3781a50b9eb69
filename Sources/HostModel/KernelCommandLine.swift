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
    self.words = words.filter { KernelParameter(rawValue: KernelCommandLine.name(of: $0)) != nil }
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
      guard let equals = word.firstIndex(of: "="),
        KernelCommandLine.name(of: word) == parameter.rawValue
      else { return nil }
      return String(word[word.index(after: equals)...])
    }
  }

  /// The comma-separated items of every value given to `parameter`, in order.
  package func items(of parameter: KernelParameter) -> [String] {
    values(of: parameter).flatMap { $0.split(separator: ",").map(String.init) }
  }

  /// The parameter that a word sets, with underscores.
  private static func name(of word: String) -> String {
    String(word.prefix { $0 != "=" }.map { $0 == "-" ? "_" : $0 })
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
