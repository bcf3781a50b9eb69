import HostModel

/// A kind of operation as people write it: its word, its operands and what it does.
///
/// The reader, its usage errors, the help of `predict`, completion and a test of the manual come from
/// these rows.
package struct OperationForm: Sendable {
  package let word: String
  let operands: [Operand]
  /// What the operation does, in a few words.
  package let summary: String
  let operation: @Sendable (OperationReader) throws(Malformed) -> Operation

  typealias Malformed = OperationReader.Malformed

  /// What follows the word.
  enum Operand: Sendable, Equatable {
    case one(String)
    /// At least one.
    case many(String)
    /// `as NAME`, or nothing.
    case holder

    var text: String {
      switch self {
      case .one(let name): name
      case .many(let name): "\(name)..."
      case .holder: "[as NAME]"
      }
    }
  }

  /// `open DEVICE... [as NAME]`.
  package var usage: String {
    ([word] + operands.map(\.text)).joined(separator: " ")
  }

  private init(
    _ word: String, _ operands: Operand..., summary: String,
    operation: @escaping @Sendable (OperationReader) throws(Malformed) -> Operation
  ) {
    self.word = word
    self.operands = operands
    self.summary = summary
    self.operation = operation
  }

  /// In the order of the manual.
  package static let all: [OperationForm] = [
    OperationForm("bind", device, driver, summary: "write the device to the driver's bind") {
      (words) throws(Malformed) in
      .bind(try words.device(0), try words.driver(1))
    },
    OperationForm("unbind", device, summary: "write the device to its driver's unbind") {
      (words) throws(Malformed) in
      .unbind(try words.device(0))
    },
    OperationForm(
      "override", device, .one("DRIVER|-"), summary: "write its driver_override; - clears it"
    ) { (words) throws(Malformed) in
      .override(
        try words.device(0),
        words[1] == "-" ? nil : DriverName(PrintableText.unescape(name: words[1])))
    },
    OperationForm("probe", device, summary: "write the device to drivers_probe") {
      (words) throws(Malformed) in
      .probe(try words.device(0))
    },
    OperationForm("new-id", driver, ids, summary: "write the ids to the driver's new_id") {
      (words) throws(Malformed) in
      .newID(try words.driver(0), try words.ids(1))
    },
    OperationForm("remove-id", driver, ids, summary: "write the ids to the driver's remove_id") {
      (words) throws(Malformed) in
      .removeID(try words.driver(0), try words.ids(1))
    },
    OperationForm(
      "open", .many("DEVICE"), .holder, summary: "open them through their group and keep them"
    ) { (words) throws(Malformed) in
      .open(try words.devices(), holder: words.holder)
    },
    OperationForm("open-node", group, .holder, summary: "open /dev/vfio/GROUP and keep it") {
      (words) throws(Malformed) in
      .openNode(try words.group(0), holder: words.holder)
    },
    OperationForm(
      "open-cdev", .many("DEVICE"), .holder, summary: "open their own nodes with iommufd"
    ) { (words) throws(Malformed) in
      .openCdev(try words.devices(), holder: words.holder)
    },
    OperationForm("close", .one("NAME"), summary: "close all that NAME has open") {
      (words) throws(Malformed) in
      .close(HolderName(words[0]))
    },
    OperationForm("numvfs", device, .one("N"), summary: "write N to sriov_numvfs") {
      (words) throws(Malformed) in
      .numVFs(try words.device(0), try words.count(1))
    },
    OperationForm("group-type", group, .one("TYPE"), summary: "write the group's type") {
      (words) throws(Malformed) in
      .groupType(try words.group(0), words[1])
    },
    OperationForm(
      "write", .one("PATH"), .one("VALUE"), summary: "write a line to a file below /sys"
    ) { (words) throws(Malformed) in
      try words.write(0, 1)
    },
    OperationForm("modprobe", module, summary: "load the module; its drivers bind devices") {
      (words) throws(Malformed) in
      .modprobe(try words.module(0))
    },
    OperationForm("rmmod", module, summary: "unload the module; its drivers let go") {
      (words) throws(Malformed) in
      .rmmod(try words.module(0))
    },
  ]

  static func named(_ word: String) -> OperationForm? {
    byWord[word]
  }

  private static let byWord = Dictionary(uniqueKeysWithValues: all.map { ($0.word, $0) })

  private static let device = Operand.one("DEVICE")
  private static let driver = Operand.one("DRIVER")
  private static let group = Operand.one("GROUP")
  private static let ids = Operand.one("VENDOR:DEVICE")
  private static let module = Operand.one("MODULE")
}
