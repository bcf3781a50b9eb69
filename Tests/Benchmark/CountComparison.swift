import Reporting

/// What fixed runs cost now, against the figures that are kept.
struct CountComparison {
  /// A count may rise by so many hundredths of itself.
  private static let tolerance = 3
  /// And by so many hundredths of a call: how output is put together, and how the threads of a fleet
  /// wake each other, can depend on chance.
  private static let leastCalls = 150

  private(set) var text = ""
  /// Counts that rose too far, and runs without a figure.
  private(set) var failures: [String] = []

  init(_ now: Counts, against kept: Counts) {
    let comparesInstructions =
      now.toolchain.swift == kept.toolchain.swift
      && now.toolchain.architecture == kept.toolchain.architecture
    let comparesStartUp = now.toolchain.libc == kept.toolchain.libc
    var table = Table(
      [Table.Column("run")]
        + ["instructions", "kept", "change", "calls", "kept", "change"].map {
          Table.Column($0, .right)
        })
    var hasFallen = false
    for row in now.rows {
      guard let old = kept.rows.first(where: { $0.name == row.name && $0.isWhole == row.isWhole })
      else {
        failures.append("\(row.name): no figure is kept")
        continue
      }
      table.add(
        [row.name] + CountComparison.cells(row.instructions, old.instructions) { String($0) }
          + CountComparison.cells(row.calls, old.calls, Counts.decimal))
      if comparesInstructions, CountComparison.hasRisen(row.instructions, from: old.instructions) {
        failures.append("\(row.name): \(row.instructions) instructions, kept \(old.instructions)")
      }
      let comparesCalls = !row.isWhole || comparesStartUp
      if comparesCalls, row.calls - old.calls >= CountComparison.leastCalls,
        CountComparison.hasRisen(row.calls, from: old.calls)
      {
        failures.append(
          "\(row.name): \(Counts.decimal(row.calls)) system calls, kept \(Counts.decimal(old.calls))"
        )
      }
      hasFallen =
        hasFallen || CountComparison.hasRisen(old.instructions, from: row.instructions)
        || CountComparison.hasRisen(old.calls, from: row.calls)
    }
    text = table.text()
    if !comparesInstructions {
      text += "instructions are not compared: the figures are those of \(kept.toolchain.text)\n"
    }
    if !comparesStartUp {
      text +=
        "system calls of whole runs are not compared: the figures are those of "
        + "\(kept.toolchain.libc)\n"
    }
    if hasFallen { text += "some counts fell by more than 3 %: renew the figures to keep that\n" }
    for failure in failures { text += "risen: \(failure)\n" }
  }

  private static func hasRisen(_ now: Int, from old: Int) -> Bool {
    now * 100 > old * (100 + tolerance)
  }

  private static func cells(_ now: Int, _ old: Int, _ text: (Int) -> String) -> [String] {
    guard old != 0 else { return [text(now), text(old), "-"] }
    let tenths = Int((Double(now - old) * 1000 / Double(abs(old))).rounded())
    let sign = tenths > 0 ? "+" : tenths < 0 ? "-" : ""
    return [text(now), text(old), "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10) %"]
  }
}
