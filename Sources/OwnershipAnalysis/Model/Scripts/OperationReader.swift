import HostModel

/// The operands of one operation, and what they mean on a host.
struct OperationReader {
  /// Without the word of the operation, and without `as NAME`.
  private let operands: [String]
  let holder: HolderName?
  private let host: ObservedHost

  /// Why the words are not an operation.
  struct Malformed: Error {
    let text: String
  }

  static func operation(
    _ words: [String], on host: ObservedHost
  ) throws(Malformed) -> Operation {
    guard let form = OperationForm.named(words[0]) else {
      let known = OperationForm.all.map(\.word).joined(separator: ", ")
      throw Malformed(
        text: "unknown operation '\(words[0])'; known: \(known), and lines of a shell with echo, "
          + "printf, tee, driverctl, virsh or dpdk-devbind.py")
    }
    return try form.operation(try OperationReader(words, as: form, on: host))
  }

  private init(
    _ words: [String], as form: OperationForm, on host: ObservedHost
  ) throws(Malformed) {
    var operands = Array(words[1...])
    var holder: HolderName?
    let canBeHeld = form.operands.contains(.holder)
    if canBeHeld, operands.count >= 2, operands[operands.count - 2] == "as" {
      holder = HolderName(operands[operands.count - 1])
      operands.removeLast(2)
    }
    let expected = form.operands.count - (canBeHeld ? 1 : 0)
    let isMany = form.operands.contains { if case .many = $0 { true } else { false } }
    guard isMany ? operands.count >= expected : operands.count == expected,
      !(canBeHeld && operands.contains("as"))
    else {
      throw Malformed(text: "'\(words.joined(separator: " "))' is not of the form: \(form.usage)")
    }
    self.operands = operands
    self.holder = holder
    self.host = host
  }

  subscript(index: Int) -> String { operands[index] }

  func devices() throws(Malformed) -> [HostPath] {
    var paths: [HostPath] = []
    for index in operands.indices { paths.append(try device(index)) }
    return paths
  }

  func device(_ index: Int) throws(Malformed) -> HostPath {
    let text = operands[index]
    let found = host.devices(named: DeviceName(spelling: text))
    guard let device = found.first else {
      // The kernel has an answer for an address that it does not know.
      if let address = PCIAddress(text, shortForm: true) {
        return HostPath.root / "sys/bus/pci/devices" / DeviceName(address).text
      }
      throw Malformed(text: "no device '\(text)' on this host")
    }
    guard found.count == 1 else {
      let buses = found.map(\.bus.text).sorted().joined(separator: ", ")
      throw Malformed(text: "device '\(text)' is on several buses (\(buses))")
    }
    return device.path
  }

  func write(_ path: Int, _ value: Int) throws(Malformed) -> Operation {
    try ShellReader(host: host).write(operands[value] + "\n", to: operands[path]).operation
  }

  /// The name of a directory in sysfs; whether the host has it the kernel's model says.
  func driver(_ index: Int) throws(Malformed) -> DriverName {
    DriverName(PrintableText.unescape(name: try name(index, of: "driver")))
  }

  func group(_ index: Int) throws(Malformed) -> GroupNumber {
    guard let number = GroupNumber(operands[index]), host.group(number) != nil else {
      throw Malformed(text: "no group '\(operands[index])' on this host")
    }
    return number
  }

  func ids(_ index: Int) throws(Malformed) -> PCIIDPair {
    guard let pair = PCIIDPair(operands[index]) else {
      throw Malformed(
        text: "'\(operands[index])' is not VENDOR:DEVICE in hexadecimal, like 10de:13c2")
    }
    return pair
  }

  /// A number of virtual functions: digits without a sign.
  func count(_ index: Int) throws(Malformed) -> Int {
    let text = operands[index]
    guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      let count = UInt16(text).map(Int.init)
    else {
      throw Malformed(text: "'\(text)' is not a number of virtual functions")
    }
    return count
  }

  /// modprobe takes dashes for underscores.
  func module(_ index: Int) throws(Malformed) -> ModuleName {
    ModuleName(spelling: try name(index, of: "module"))
  }

  private func name(_ index: Int, of kind: String) throws(Malformed) -> String {
    guard HostPath.isComponent(operands[index]) else {
      throw Malformed(text: "'\(operands[index])' is not the name of a \(kind)")
    }
    return operands[index]
  }
}
