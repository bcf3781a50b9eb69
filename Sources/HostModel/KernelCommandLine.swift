/// The kernel's command line, `/proc/cmdline`, word by word, without what no verdict rests on.
package struct KernelCommandLine: Sendable, Equatable {
  package let words: [String]

  /// Splits at white space, outside double quotes, and keeps what ``KernelParameter`` knows and
  /// whatever is meant for VFIO.
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
    self.words = words.filter { word in
      KernelParameter.allCases.contains { $0.isNamed(by: word) } || VFIOOption(word) != nil
    }
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

extension KernelCommandLine {
  /// What is meant for VFIO's modules, well spelt or not, in order.
  package var vfioOptions: [VFIOOption] { words.compactMap { VFIOOption($0) } }
}

/// A word that is meant for one of VFIO's modules: `vfio-pci.ids=10de:13c2`.
package struct VFIOOption: Sendable, Equatable {
  /// As it is written, `vfio-pci.ids`.
  package let name: String
  package let value: String

  /// - Parameter word: anything that begins with `vfio` and has a value.
  package init?(_ word: String) {
    guard word.utf8.starts(with: "vfio".utf8),
      let equals = word.utf8.firstIndex(of: UInt8(ascii: "="))
    else { return nil }
    name = String(word[..<equals])
    value = String(word[word.index(after: equals)...])
  }

  /// Module and parameter, dashes as underscores; `nil` where no full stop parts them, so that no
  /// module takes it.
  package var parameter: (module: String, name: String)? {
    let parts = name.replacing("-", with: "_").split(separator: ".", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    return (String(parts[0]), String(parts[1]))
  }
}

/// A parameter of the kernel's command line on which a verdict can rest.
///
/// The rest of the line is private: it names disks, hosts and keys. So beside ``VFIOOption`` this is
/// the only list. A rule can ask for nothing else, and the reader keeps nothing else.
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
