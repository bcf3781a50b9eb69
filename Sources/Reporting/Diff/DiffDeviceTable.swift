import HostModel
import OwnershipAnalysis

/// The devices that are not what they were, a line each; what is merely renumbered comes last.
struct DiffDeviceTable {
  private let devices: [DeviceComparison]
  private let detail: AuditText.Detail

  /// Lines for each kind of change: a card added can move every bus behind it.
  private static let limit = 12

  init(_ devices: [DeviceComparison], detail: AuditText.Detail) {
    self.devices = devices
    self.detail = detail
  }

  var text: String {
    guard !devices.isEmpty else { return "" }
    var table = Table(
      ["DEVICE", "OLD", "NEW", "ID", "DRIVER", "OVERRIDE", "REMARK"].map { Table.Column($0) })
    var omitted: [String] = []
    let order: [DeviceComparison.Change] = [.gone, .new, .replaced, .moved, .kept, .renumbered]
    for change in order {
      let all = devices.filter { $0.change == change }.sorted { comesFirst($0, before: $1) }
      let kept = detail == .verbose ? all.count : DiffDeviceTable.limit
      for device in all.prefix(kept) { table.add(cells(of: device)) }
      if all.count > kept { omitted.append("\(all.count - kept) more \(word(change))") }
    }
    let rest =
      omitted.isEmpty
      ? "" : "and \(omitted.joined(separator: ", ")) (--verbose)\n"
    return table.text() + rest
  }

  /// Other functions before the many virtual ones, rebound before renumbered.
  private func comesFirst(_ left: DeviceComparison, before right: DeviceComparison) -> Bool {
    func rank(_ device: DeviceComparison) -> Int {
      (device.isVirtualFunction ? 2 : 0) + (device.changesDriver || device.changesOverride ? 0 : 1)
    }
    let names = (left: left.new ?? left.old, right: right.new ?? right.old)
    guard rank(left) == rank(right), let first = names.left, let second = names.right else {
      return rank(left) < rank(right)
    }
    return first.name < second.name
  }

  private func cells(of device: DeviceComparison) -> [String] {
    [
      device.change == .kept
        ? (device.changesDriver ? "rebound" : "override") : word(device.change),
      name(device.old), name(device.new),
      change(device, { $0.identity.value?.idText ?? "-" }, differs: device.change == .replaced),
      change(
        device, GroupTable.driver, differs: device.changesDriver || device.change == .replaced),
      change(
        device, DiffDeviceTable.override,
        differs: device.changesOverride || device.change == .replaced),
      remark(device),
    ]
  }

  private func word(_ change: DeviceComparison.Change) -> String {
    change == .kept ? "rebound" : change.rawValue
  }

  private func name(_ device: Device?) -> String {
    device.map { TerminalText.escape($0.name.text) } ?? "-"
  }

  private static func override(of device: Device) -> String {
    switch device.driverOverride {
    case .value(let override): override.driver.map { TerminalText.escape($0.text) } ?? "-"
    case .absent: "-"
    case .unread: "?"
    }
  }

  /// `old -> new` where the two differ, else the value that is there.
  private func change(
    _ device: DeviceComparison, _ text: (Device) -> String, differs: Bool
  ) -> String {
    let old = device.old.map(text)
    let new = device.new.map(text)
    guard differs, let old, let new, old != new else { return new ?? old ?? "-" }
    return "\(old) -> \(new)"
  }

  private func remark(_ device: DeviceComparison) -> String {
    var remarks: [String] = []
    if device.change == .moved, let old = device.old?.path.parent, let new = device.new?.path.parent
    {
      remarks.append("below \(old.name) -> below \(new.name)")
    }
    if device.identicalDevices > 1, device.change != .renumbered, !device.isVirtualFunction {
      remarks.append("one of \(device.identicalDevices) identical devices")
    }
    if let other = device.deviceAtOldAddress, device.change != .gone, device.change != .replaced {
      let isAlike = other.identity.value?.idText == device.new?.identity.value?.idText
      let text = other.identity.value?.idText ?? "device"
      remarks.append("\(other.name) is \(isAlike ? "another " : "")\(text) now")
    }
    return TerminalText.escape(remarks.joined(separator: "; "))
  }
}
