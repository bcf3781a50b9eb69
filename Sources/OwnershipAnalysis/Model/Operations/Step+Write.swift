import HashTreeCollections
import HostModel

extension Step {
  /// A write to a file of sysfs (kernel-rules §4, §6.4, §9.1).
  ///
  /// What the file is for is one of the other operations; what comes before is the path, which has to
  /// exist, and the text, which the kernel takes literally.
  func write(_ file: SysfsFile, _ value: String) -> Transition {
    let text = WrittenText(value)
    switch file {
    case .missing: return refused(.open, .noSuchFile, .noSuchPath)
    case .readOnly: return refused(.open, .permissionDenied, .fileReadOnly)
    case .driver(let bus, let driver, let file):
      return missing(driver, on: bus, at: .open) ?? write(text, to: file, of: driver, on: bus)
    case .boundDriver(let path, let file): return write(text, to: file, ofDriverOf: path)
    case .device(let path, let file): return write(text, to: file, of: path)
    case .bus(let bus, let file): return write(text, to: file, of: bus)
    case .groupType(let group): return groupType(group, text.line)
    case .parameter(let parameter): return write(text, to: parameter)
    }
  }

  // MARK: Files of a driver

  private func write(
    _ text: WrittenText, to file: SysfsFile.DriverFile, ofDriverOf path: HostPath
  ) -> Transition {
    guard let device = device(path) else { return refused(.open, .noSuchFile, .noSuchDevice) }
    // An unbind that waits has taken the link away already (§4.2).
    switch before.driver(of: device) {
    case .absent: return refused(.open, .noSuchFile, .hasNoDriver(device.name))
    case .unread(let failure):
      return undetermined(.open, .unread(.driver(device.name), failure))
    case .value(let driver): return write(text, to: file, of: driver, on: device.bus)
    }
  }

  private func write(
    _ text: WrittenText, to file: SysfsFile.DriverFile, of driver: DriverName, on bus: BusName
  ) -> Transition {
    switch file {
    case .bind:
      switch named(text, on: bus, at: .bind) {
      case .failure(let answer): return answer
      case .success(let device): return bind(device.path, driver)
      }
    case .unbind:
      switch named(text, on: bus, at: .unbind) {
      case .failure(let answer): return answer
      case .success(let device): return unbind(device, onlyFrom: driver)
      }
    case .newID, .removeID:
      let call = file == .newID ? KernelCall.newID : .removeID
      guard bus == .pci else { return refused(.open, .noSuchFile, .noSuchPath) }
      let fields = text.hexadecimalFields
      guard fields.count >= 2 else {
        return refused(call, .invalid, .malformed(text.line, .hexadecimalFields))
      }
      guard let id = text.id else { return undetermined(call, .moreFieldsOfID(driver)) }
      return file == .newID ? newID(driver, id) : removeID(driver, id)
    }
  }

  /// The device must be on this very driver (bus.c:unbind_store).
  private func unbind(_ device: Device, onlyFrom driver: DriverName) -> Transition {
    if let now = before.driver(of: device).value, now != driver {
      return refused(.unbind, .noSuchDevice, .isBound(device.name, now))
    }
    return unbind(device.path)
  }

  private func named(
    _ text: WrittenText, on bus: BusName, at call: KernelCall
  ) -> StepResult<Device> {
    if let device = before.device(called: text, on: bus) { return .success(device) }
    let meant = DeviceName(spelling: WrittenText.trimmed(text.line))
    let isNear = before.host.devices(named: meant).contains { $0.bus == bus }
    return .failure(
      refused(call, .noSuchDevice, .noDeviceCalled(text.line, meant: isNear ? meant : nil)))
  }

  // MARK: Files of a device

  private func write(
    _ text: WrittenText, to file: SysfsFile.DeviceFile, of path: HostPath
  ) -> Transition {
    guard let device = device(path) else { return refused(.open, .noSuchFile, .noSuchDevice) }
    switch file {
    case .driverOverride:
      guard text.bytes.count < Step.pageSize - 1 else {
        return refused(.driverOverride, .invalid, .malformed("", .shorterThanPage))
      }
      return override(path, text.firstLine.isEmpty ? nil : DriverName(text.firstLine))
    case .numVFs:
      guard case .physical = device.sriov else { return numVFs(path, 0) }
      switch text.count {
      case .value(let count): return numVFs(path, count)
      case .refused(.outOfRange):
        return refusedAsTooLarge(text)
      case .refused(let errno):
        return refused(.sriovNumVFs, errno, .malformed(text.line, .number))
      }
    case .vfAutoprobe: return writeVFAutoprobe(text, of: device)
    case .remove: return remove(text, device)
    }
  }

  private static let pageSize = 4096

  /// Up to 5.15 the parser's own errno is seen, and EINVAL later (§6.4).
  private func refusedAsTooLarge(_ text: WrittenText) -> Transition {
    guard let version = before.kernel.version,
      version < KernelVersion(5, 16) || version >= KernelVersion(6, 4)
    else { return undetermined(.sriovNumVFs, .parser(text.line)) }
    return refused(
      .sriovNumVFs, version < KernelVersion(5, 16) ? .outOfRange : .invalid,
      .malformed(text.line, .number))
  }

  /// pci-sysfs.c:sriov_drivers_autoprobe_store.
  private func writeVFAutoprobe(_ text: WrittenText, of device: Device) -> Transition {
    guard case .physical = device.sriov else {
      if case .unread(let failure) = device.sriov {
        return undetermined(.sriovAutoprobe, .unread(.sriovRole(device.name), failure))
      }
      return refused(.open, .noSuchFile, .notAPhysicalFunction)
    }
    let isOn: Bool
    switch text.bool {
    case .value(let value): isOn = value
    case .refused: return refused(.sriovAutoprobe, .invalid, .malformed(text.line, .bool))
    case .unread: return undetermined(.sriovAutoprobe, .parser(text.line))
    }
    var state = before
    state.setVFAutoprobe(of: device.path, to: isOn)
    return accepted(.sriovAutoprobe, .vfAutoprobeSet(device.name, isOn), state: state)
  }

  /// pci-sysfs.c:remove_store: any number but 0 (§9.2). It waits for the device's user.
  private func remove(_ text: WrittenText, _ device: Device) -> Transition {
    guard device.bus == .pci else { return refused(.open, .noSuchFile, .noSuchPath) }
    switch text.count {
    case .refused: return refused(.remove, .invalid, .malformed(text.line, .number))
    case .value(0): return accepted(.remove, .nothingToDo, state: before)
    case .value: break
    }
    if device.header.value == .bridge {
      return undetermined(.remove, .devicesBelow(device.name))
    }
    if let answer = wait(for: device, at: .remove) { return answer }
    var state = before
    if let count = before.virtualFunctionCount(of: device), count > 0,
      let answer = state.removeVirtualFunctions(of: device, for: self, at: .remove)
    {
      return answer
    }
    switch before.use(of: device) {
    case .unknown(let doubt): return undetermined(.remove, doubt)
    case .open(let user):
      state.beginRemoval(of: device)
      return waits(
        .remove, .unbindWaits(device.name, user), for: device.path, state: state)
    case .closed: break
    }
    state.release(device)
    state.remove(device)
    return accepted(.remove, .deviceGone(device.name), state: state)
  }

  // MARK: Files of a bus, parameters

  private func write(_ text: WrittenText, to file: SysfsFile.BusFile, of bus: BusName) -> Transition
  {
    switch file {
    case .probe:
      switch named(text, on: bus, at: .driversProbe) {
      case .failure(let answer): return answer
      case .success(let device): return probe(device.path)
      }
    case .autoprobe:
      // The first character decides, and only 0 switches it off (bus.c:drivers_autoprobe_store).
      let isOn = text.bytes.first != UInt8(ascii: "0")
      var state = before
      state.setAutoprobe(on: bus, to: isOn)
      return accepted(.driversAutoprobe, .autoprobeSet(bus, isOn), state: state)
    case .rescan:
      guard bus == .pci else { return refused(.open, .noSuchFile, .noSuchPath) }
      switch text.count {
      case .refused: return refused(.rescan, .invalid, .malformed(text.line, .number))
      case .value(0): return accepted(.rescan, .nothingToDo, state: before)
      case .value: return undetermined(.rescan, .devicesFound)
      }
    }
  }

  /// param_set_bool, with kstrtobool; an empty text stands for true.
  private func write(_ text: WrittenText, to parameter: ModuleParameter) -> Transition {
    if case .absent = parameter.reading(on: before.host) {
      return refused(.open, .noSuchFile, .parameterMissing(parameter))
    }
    let isOn: Bool
    switch text.line.isEmpty ? .value(true) : text.bool {
    case .value(let value): isOn = value
    case .refused: return refused(.parameter, .invalid, .malformed(text.line, .bool))
    case .unread: return undetermined(.parameter, .parser(text.line))
    }
    var state = before
    state.setParameter(parameter, to: isOn)
    return accepted(.parameter, .parameterSet(parameter, isOn), state: state)
  }
}

extension WrittenText {
  /// Without blanks at either end, as a person means it.
  fileprivate static func trimmed(_ text: String) -> String {
    let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0d).contains(byte) }
    let start = text.utf8.drop(while: isBlank)
    let end = start.reversed().prefix(while: isBlank).count
    return String(Substring(start.dropLast(end)))
  }
}

extension Operation {
  /// The operation that a write to a file comes to, where its path and its text are right.
  func resolved(in state: KernelState) -> Operation {
    guard case .write(let file, let value) = self else { return self }
    let text = WrittenText(value)
    switch file {
    case .driver(let bus, let driver, let file):
      return resolved(text, file, driver, bus, in: state)
    case .boundDriver(let path, let file):
      guard let device = state.host.device(at: path), let driver = state.driver(of: device).value
      else { return self }
      return resolved(text, file, driver, device.bus, in: state)
    case .bus(let bus, .probe):
      return state.device(called: text, on: bus).map { .probe($0.path) } ?? self
    case .device(let path, .numVFs):
      if case .value(let count) = text.count { return .numVFs(path, count) }
      return self
    case .device, .bus, .groupType, .parameter, .missing, .readOnly: return self
    }
  }

  private func resolved(
    _ text: WrittenText, _ file: SysfsFile.DriverFile, _ driver: DriverName, _ bus: BusName,
    in state: KernelState
  ) -> Operation {
    switch file {
    case .bind: return state.device(called: text, on: bus).map { .bind($0.path, driver) } ?? self
    case .unbind: return state.device(called: text, on: bus).map { .unbind($0.path) } ?? self
    case .newID: return text.id.map { .newID(driver, $0) } ?? self
    case .removeID: return text.id.map { .removeID(driver, $0) } ?? self
    }
  }
}

extension KernelState {
  /// The device of that name: the whole name, as it is spelled (bus_find_device_by_name).
  fileprivate func device(called text: WrittenText, on bus: BusName) -> Device? {
    let found = host.devices(named: DeviceName(text.line)).first { $0.bus == bus }
    return found.flatMap { isRemoved($0.path) ? nil : $0 }
  }
}

extension WrittenText {
  /// An id of a vendor and a device only.
  fileprivate var id: PCIIDPair? {
    let fields = hexadecimalFields
    guard fields.count == 2, let vendor = UInt16(exactly: fields[0]),
      let device = UInt16(exactly: fields[1])
    else { return nil }
    return PCIIDPair(vendor: vendor, device: device)
  }
}
