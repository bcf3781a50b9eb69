import HostModel

/// What only a PCI function has.
struct FunctionFacts {
  var identity = Reading<PCIIdentity>.absent
  var header = Reading<HeaderKind>.absent
  var sriov = SRIOVRole.none
  var reset = Reading<ResetSupport>.absent
}

extension Inquiry {
  /// Reads a PCI function.
  ///
  /// By attributes that neither wake the device nor wait for its lock: never `config`, `uevent`,
  /// `sriov_numvfs` or anything below `link` (kernel-rules §8.4).
  mutating func function(at path: HostPath) -> FunctionFacts {
    FunctionFacts(
      identity: identity(in: path),
      header: header(in: path),
      sriov: sriov(in: path), reset: facts.resets ? reset(in: path) : .unread(.notNeeded))
  }

  private mutating func identity(in path: HostPath) -> Reading<PCIIdentity> {
    if store.asksKernel, let identity = identityByModalias(in: path) { return .value(identity) }
    let vendor = hexadecimal("vendor", in: path, digits: 4)
    let device = hexadecimal("device", in: path, digits: 4)
    let deviceClass = hexadecimal("class", in: path, digits: 6)
    guard let failure = vendor.failure ?? device.failure ?? deviceClass.failure else {
      guard let vendor = vendor.value, let device = device.value, let code = deviceClass.value
      else { return .absent }
      return .value(
        PCIIdentity(
          vendor: UInt16(vendor), device: UInt16(device),
          deviceClass: PCIClass(code: UInt32(code))))
    }
    return .unread(failure)
  }

  /// The identity by `modalias`, which takes one read in place of three; `nil` where it is missing,
  /// cannot be read or is not in the kernel's form. Then the three say what is the matter.
  private func identityByModalias(in path: HostPath) -> PCIIdentity? {
    guard var bytes = try? store.attribute("modalias", in: path),
      bytes.popLast() == UInt8(ascii: "\n")
    else { return nil }
    return PCIIdentity(modalias: bytes)
  }

  /// A number of at most `digits` digits after `0x`.
  private mutating func hexadecimal(
    _ name: String, in path: HostPath, digits: Int
  ) -> Reading<UInt64> {
    parse(name, in: path) { Hexadecimal.parsePrefixed(bytes: $0[...], digits: 1...digits) }
  }

  /// The kernel shows the attribute for every header type but the normal one (§8.2).
  private mutating func header(in path: HostPath) -> Reading<HeaderKind> {
    switch contains("secondary_bus_number", in: path) {
    case .value(let isThere): .value(isThere ? .bridge : .normal)
    case .absent: .absent
    case .unread(let failure): .unread(failure)
    }
  }

  private mutating func sriov(in path: HostPath) -> SRIOVRole {
    switch target(of: "physfn", in: path) {
    case .value(let physicalFunction): return .virtual(physicalFunction: physicalFunction)
    case .unread(let failure): return .unread(failure)
    case .absent: break
    }
    let total = number("sriov_totalvfs", in: path)
    if case .unread(let failure) = total { return .unread(failure) }
    guard !total.isAbsent else { return .none }
    let functions = virtualFunctions(in: path)
    guard let existing = functions.value else {
      return .unread(functions.failure ?? .vanished)
    }
    return .physical(
      PhysicalFunction(
        totalVFs: total, virtualFunctions: existing,
        driversAutoprobe: flag("sriov_drivers_autoprobe", in: path)))
  }

  /// `virtfn0`, `virtfn1`, … up to the first that is not there; a function has at most 65,535.
  private mutating func virtualFunctions(in path: HostPath) -> Reading<[HostPath]> {
    var functions: [HostPath] = []
    while functions.count < 65_535 {
      switch target(of: "virtfn\(functions.count)", in: path) {
      case .value(let function): functions.append(function)
      case .absent: return .value(functions)
      case .unread(let failure): return .unread(failure)
      }
    }
    return .value(functions)
  }

  /// `reset_method` and `reset` are there under the same condition; the first only from 5.15.
  private mutating func reset(in path: HostPath) -> Reading<ResetSupport> {
    let methods = text("reset_method", in: path) { text in
      ResetSupport(methods: text.split(separator: " ").map(String.init))
    }
    guard methods.isAbsent else { return methods }
    switch contains("reset", in: path) {
    case .value(true): return .value(ResetSupport(methods: []))
    case .value(false), .absent: return .absent
    case .unread(let failure): return .unread(failure)
    }
  }
}
