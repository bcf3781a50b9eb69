import HostModel
import OwnershipAnalysis
import Reporting

/// Everything that the commands say of one host.
struct Answers: Equatable {
  private var texts: [String] = []
  private var documents: [String] = []

  /// How much of a large host is asked of the model: more adds time and little that is new.
  private static let devices = 3
  private static let groups = 2

  init(of audit: Audit) throws {
    texts.append(AuditText(audit).text)
    texts.append(AuditText(audit, detail: .verbose).text)
    add(AuditJSON(audit).value)
    let rows = ListRow.all(of: audit)
    for layout in [ListDocument.Layout.table(hasHeading: true, width: nil), .raw(hasHeading: true)]
    {
      let list = ListDocument(
        audit, rows: rows, columns: ListColumn.all, layout: layout)
      texts.append(list.text())
      add(list.json)
    }
    let state = KernelState(audit: audit)
    let script = try Answers.script(for: audit.host)
    let prediction = Prediction(script, from: state)
    add(prediction, losing: PredictedLosses(prediction, in: audit.use))
    let devices = Array(audit.host.devices.prefix(Answers.devices))
    for backend in DeviceCheck.Backend.allCases {
      let answers = CostOfChecks(
        DeviceCheck.all(of: devices, driver: "vfio-pci", backend: backend, in: state),
        allowing: [.console], in: audit.use)
      texts.append(CheckText(answers, kernel: audit.kernel).text)
      add(CheckJSON(answers, kernel: audit.kernel).value)
    }
  }

  init(of prediction: Prediction) {
    add(prediction)
  }

  private mutating func add(_ prediction: Prediction, losing losses: PredictedLosses = .none) {
    texts.append(PredictionText(prediction, losses: losses).text)
    add(PredictionJSON(prediction, losses: losses).value)
  }

  private mutating func add(_ value: JSONValue) {
    documents.append(JSONText(value).text)
  }

  /// Every text is fit for a terminal, every document is JSON.
  func check() throws {
    for document in documents { try ParsedJSON.check(document) }
    for text in texts + documents {
      try Violation.unless(
        text.isEmpty || text.hasSuffix("\n"), "the last line has no end: \(text.suffix(80))")
      let hostile = text.unicodeScalars.first { $0 != "\n" && TerminalText.isHostile($0) }
      guard let hostile else { continue }
      throw Violation("U+\(Hexadecimal.text(hostile.value, digits: 4)) reaches the terminal")
    }
  }

  /// Throws unless both are the same in every byte.
  func check(against other: Answers) throws {
    for (one, another) in zip(texts + documents, other.texts + other.documents) {
      try Violation.unless(
        one.utf8.elementsEqual(another.utf8), "two answers differ:\n\(one)\n\(another)")
    }
  }

  /// Every operation on the first devices and groups; names that no operation can spell are left
  /// out.
  private static func script(for host: ObservedHost) throws -> OperationScript {
    var lines: [String] = []
    for device in host.devices.prefix(devices) {
      let name = device.name.text
      let back = device.driver.value?.text ?? "snd_hda_intel"
      lines += [
        "probe \(name)", "unbind \(name)", "override \(name) vfio-pci", "bind \(name) vfio-pci",
        "open \(name) as vm", "open-cdev \(name) as other", "bind \(name) \(back)",
        "numvfs \(name) 1", "unbind \(name)", "close vm", "close other", "override \(name) -",
        "bind \(name) \(back)", "probe \(name)",
      ]
      if let identity = device.identity.value {
        lines += ["new-id vfio-pci \(identity.idText)", "remove-id vfio-pci \(identity.idText)"]
      }
    }
    for group in host.groups.prefix(groups).map(\.number) {
      lines += ["open-node \(group) as vm", "group-type \(group) identity", "close vm"]
      lines += ["group-type \(group) DMA-FQ"]
    }
    lines += ["rmmod vfio-pci", "modprobe vfio_pci", "rmmod vfio_iommu_type1"]
    return try OperationScript(lines.filter { isOperation($0, on: host) }, on: host)
  }

  static func isOperation(_ line: String, on host: ObservedHost) -> Bool {
    (try? OperationScript([line], on: host)) != nil
  }
}
