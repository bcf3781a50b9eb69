package import HostModel

/// A file of sysfs that can be written, or cannot.
package enum SysfsFile: Hashable, Sendable {
  /// `/sys/bus/BUS/drivers/DRIVER/FILE`.
  case driver(BusName, DriverName, DriverFile)
  /// `driver/FILE` in a device's directory: that of the driver which has it then.
  case boundDriver(HostPath, DriverFile)
  case device(HostPath, DeviceFile)
  /// `/sys/bus/BUS/FILE`.
  case bus(BusName, BusFile)
  /// `/sys/kernel/iommu_groups/N/type`.
  case groupType(GroupNumber)
  /// `/sys/module/MODULE/parameters/NAME`.
  case parameter(ModuleParameter)
  /// No such file is on the host.
  case missing
  /// It is there, and its mode does not let anybody write it.
  case readOnly

  package enum DriverFile: String, Sendable, CaseIterable {
    case bind
    case unbind
    case newID = "new_id"
    case removeID = "remove_id"
  }

  package enum DeviceFile: String, Sendable, CaseIterable {
    case driverOverride = "driver_override"
    case numVFs = "sriov_numvfs"
    case vfAutoprobe = "sriov_drivers_autoprobe"
    case remove
  }

  package enum BusFile: String, Sendable, CaseIterable {
    case probe = "drivers_probe"
    case autoprobe = "drivers_autoprobe"
    case rescan
  }
}

/// A switch of VFIO's modules that can be written at any time (mode 0644).
package enum ModuleParameter: String, Sendable, CaseIterable {
  case noIOMMUMode = "vfio/enable_unsafe_noiommu_mode"
  case unsafeInterrupts = "vfio_iommu_type1/allow_unsafe_interrupts"
  case iommufdUnsafeInterrupts = "iommufd/allow_unsafe_interrupts"
  case enableSRIOV = "vfio_pci/enable_sriov"

  /// What the host shows of it.
  func reading(on host: ObservedHost) -> Reading<Bool> {
    switch self {
    case .noIOMMUMode: host.vfio.noIOMMUMode
    case .unsafeInterrupts: host.vfio.unsafeInterrupts
    case .iommufdUnsafeInterrupts: host.vfio.iommufdUnsafeInterrupts
    case .enableSRIOV: host.vfio.sriovEnabled
    }
  }
}

/// What a program writes into a file, as the kernel's parsers read it.
struct WrittenText {
  let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The text as a string of C, without the one newline at its end that sysfs_streq and most
  /// handlers take away.
  var line: String {
    let text = bytes.prefix { $0 != 0 }
    return String(
      decoding: text.last == UInt8(ascii: "\n") ? text.dropLast() : text, as: UTF8.self)
  }

  /// What `driver_override` keeps: up to the first newline.
  var firstLine: String {
    String(decoding: bytes.prefix { $0 != 0 && $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  enum Bool {
    case value(Swift.Bool)
    case refused
    /// Only some kernels take these letters.
    case unread
  }

  /// kstrtobool: the first letters decide.
  var bool: Bool {
    switch bytes.first.map({ $0 | 0x20 }) {
    case UInt8(ascii: "y"): return .value(true)
    case UInt8(ascii: "n"): return .value(false)
    case UInt8(ascii: "1") where bytes.first == UInt8(ascii: "1"): return .value(true)
    case UInt8(ascii: "0") where bytes.first == UInt8(ascii: "0"): return .value(false)
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "e"), UInt8(ascii: "d"): return .unread
    case UInt8(ascii: "o"):
      guard bytes.count > 1 else { return .refused }
      switch bytes[1] | 0x20 {
      case UInt8(ascii: "n"): return .value(true)
      case UInt8(ascii: "f"): return .value(false)
      default: return .refused
      }
    default: return .refused
    }
  }

  enum Number {
    case value(Int)
    case refused(ErrorNumber)
  }

  /// What kstrtou16 with base 0 makes of it: decimal, `0x…` or octal with a leading 0.
  var count: Number {
    var digits = line.utf8[...]
    if digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    var radix = 10
    if digits.first == UInt8(ascii: "0"), digits.count > 1 {
      digits = digits.dropFirst()
      radix = 8
      if digits.first.map({ $0 | 0x20 }) == UInt8(ascii: "x") {
        digits = digits.dropFirst()
        radix = 16
      }
    }
    guard let first = digits.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
      digits.allSatisfy({ Hexadecimal.digit($0).map { $0 < radix } ?? false })
    else { return .refused(.invalid) }
    guard let value = Int(Substring(digits), radix: radix), value <= UInt16.max else {
      return .refused(.outOfRange)
    }
    return .value(value)
  }

  /// The fields of `new_id` and `remove_id`, as `sscanf` with `%x` finds them: blanks apart, until
  /// the first that is not hexadecimal.
  var hexadecimalFields: [UInt64] {
    var fields: [UInt64] = []
    for word in line.utf8.split(whereSeparator: { $0 == 0x20 || (0x09...0x0d).contains($0) }) {
      var digits = word[...]
      if digits.count > 2, digits.first == UInt8(ascii: "0"),
        digits.dropFirst().first.map({ $0 | 0x20 }) == UInt8(ascii: "x")
      {
        digits = digits.dropFirst(2)
      }
      let hexadecimal = digits.prefix { Hexadecimal.digit($0) != nil }
      guard let value = UInt64(String(Substring(hexadecimal)), radix: 16) else { return fields }
      fields.append(value)
      guard hexadecimal.count == digits.count, fields.count < 7 else { return fields }
    }
    return fields
  }
}
