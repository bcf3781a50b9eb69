import HostModel

/// Reads the words of one operation.
struct OperationReader {
  let words: [String]
  let host: HostSnapshot

  /// Why the words are no operation.
  struct Mistake: Error {
    let text: String
  }

  private static let forms: [(word: String, form: String)] = [
    ("bind", "bind DEVICE DRIVER"), ("unbind", "unbind DEVICE"),
    ("override", "override DEVICE DRIVER|-"), ("probe", "probe DEVICE"),
    ("new-id", "new-id DRIVER VENDOR:DEVICE"), ("remove-id", "remove-id DRIVER VENDOR:DEVICE"),
    ("open", "open DEVICE... [as NAME]"), ("open-node", "open-node GROUP [as NAME]"),
    ("open-cdev", "open-cdev DEVICE... [as NAME]"), ("close", "close NAME"),
    ("numvfs", "numvfs DEVICE N"), ("group-type", "group-type GROUP TYPE"),
    ("modprobe", "modprobe MODULE"), ("rmmod", "rmmod MODULE"),
  ]

  func operation() throws(Mistake) -> Operation {
    switch words[0] {
    case "bind":
      let rest = try arguments(2)
      return .bind(try device(rest[0]), DriverName(rest[1]))
    case "unbind": return .unbind(try device(try arguments(1)[0]))
    case "override":
      let rest = try arguments(2)
      return .override(try device(rest[0]), rest[1] == "-" ? nil : DriverName(rest[1]))
    case "probe": return .probe(try device(try arguments(1)[0]))
    case "new-id":
      let rest = try arguments(2)
      return .newID(DriverName(rest[0]), try identity(rest[1]))
    case "remove-id":
      let rest = try arguments(2)
      return .removeID(DriverName(rest[0]), try identity(rest[1]))
    case "numvfs":
      let rest = try arguments(2)
      return .numVFs(try device(rest[0]), try count(rest[1]))
    case "group-type":
      let rest = try arguments(2)
      return .groupType(try group(rest[0]), rest[1])
    case "modprobe": return .modprobe(module(try arguments(1)[0]))
    case "rmmod": return .rmmod(module(try arguments(1)[0]))
    default: return try held()
    }
  }

  /// The operations that keep something open.
  private func held() throws(Mistake) -> Operation {
    switch words[0] {
    case "open":
      let (rest, holder) = try namedArguments()
      return .open(try devices(rest), holder: holder)
    case "open-cdev":
      let (rest, holder) = try namedArguments()
      return .openCdev(try devices(rest), holder: holder)
    case "open-node":
      let (rest, holder) = try namedArguments()
      guard rest.count == 1 else { throw wrongForm }
      return .openNode(try group(rest[0]), holder: holder)
    case "close": return .close(HolderName(try arguments(1)[0]))
    default:
      let known = Self.forms.map(\.word).joined(separator: ", ")
      throw Mistake(text: "unknown operation '\(words[0])'; known: \(known)")
    }
  }

  private var wrongForm: Mistake {
    let form = Self.forms.first { $0.word == words[0] }?.form ?? words[0]
    return Mistake(text: "'\(words.joined(separator: " "))' is not of the form: \(form)")
  }

  private func arguments(_ count: Int) throws(Mistake) -> [String] {
    guard words.count == count + 1 else { throw wrongForm }
    return Array(words[1...])
  }

  /// The arguments before `as NAME`, and the name.
  private func namedArguments() throws(Mistake) -> ([String], HolderName?) {
    var rest = Array(words[1...])
    var holder: HolderName?
    if rest.count >= 2, rest[rest.count - 2] == "as" {
      holder = HolderName(rest[rest.count - 1])
      rest.removeLast(2)
    }
    guard !rest.isEmpty, !rest.contains("as") else { throw wrongForm }
    return (rest, holder)
  }

  private func devices(_ texts: [String]) throws(Mistake) -> [HostPath] {
    var paths: [HostPath] = []
    for text in texts { paths.append(try device(text)) }
    return paths
  }

  private func device(_ text: String) throws(Mistake) -> HostPath {
    let found = host.devices(named: DeviceName(spelling: text))
    guard let device = found.first else {
      throw Mistake(text: "no device '\(text)' on this host")
    }
    guard found.count == 1 else {
      let buses = found.map(\.bus.text).sorted().joined(separator: ", ")
      throw Mistake(text: "device '\(text)' is on several buses (\(buses))")
    }
    return device.path
  }

  private func group(_ text: String) throws(Mistake) -> GroupNumber {
    guard let number = GroupNumber(text), host.group(number) != nil else {
      throw Mistake(text: "no group '\(text)' on this host")
    }
    return number
  }

  private func identity(_ text: String) throws(Mistake) -> PCIIDPair {
    guard let pair = PCIIDPair(text) else {
      throw Mistake(text: "'\(text)' is not VENDOR:DEVICE in hexadecimal, like 10de:13c2")
    }
    return pair
  }

  private func count(_ text: String) throws(Mistake) -> Int {
    guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      let count = UInt16(text).map(Int.init)
    else {
      throw Mistake(text: "'\(text)' is not a number of virtual functions")
    }
    return count
  }

  /// modprobe takes dashes for underscores.
  private func module(_ text: String) -> ModuleName {
    ModuleName(spelling: text)
  }
}
