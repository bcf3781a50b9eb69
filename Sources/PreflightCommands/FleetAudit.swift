import HostModel
import HostReader
import OwnershipAnalysis
import Reporting
import Synchronization
import SystemCalls

/// The audit of many captures at once: a row for each as soon as its turn has come, and a summary.
///
/// One thread a processor reads and judges, the calling one writes. What cannot be read is a row
/// like any other. A class, because the threads share what it knows.
final class FleetAudit: Sendable {
  /// A row as it is written, and what it adds to the sums.
  private struct Line: Sendable {
    let text: String
    let tally: FleetTally
  }

  private let captures: FleetCaptures
  private let kernel: KernelRequest?
  private let style: OutputStyle
  private let report: FleetReport
  private let names: [String]
  /// Held while a large capture is read, so that one of them at a time is in memory.
  private let largeCapture = Mutex(())

  /// Bytes from which a capture is a large one: it takes many times its size in memory.
  private static let largeSize = 4 << 20
  /// A thread takes memory, and a fleet has no use for more.
  private static let workerLimit = 64
  /// How many rows a thread may be ahead of the one whose turn it is.
  private static let rowsAhead = 16

  init(_ captures: FleetCaptures, by kernel: KernelRequest?, style: OutputStyle) {
    self.captures = captures
    self.kernel = kernel
    self.style = style
    names = captures.names
    report = FleetReport(names: captures.names)
  }

  /// Audits all captures and writes their rows.
  ///
  /// - Returns: the conclusion of the worst capture; if standard output was closed before all were
  ///   audited, no better than "cannot tell".
  func run(into output: Output) throws -> Conclusion {
    let isQuiet = style.form == .quiet
    var tally = FleetTally()
    var isRead = try output.offer(style.heading(of: report))
    var progress = ProgressLine(total: names.count, isWanted: !isQuiet)
    progress.draw(done: 0)
    defer { progress.erase() }
    try work { lines in
      for line in lines { tally += line.tally }
      progress.makeRoom()
      isRead = try isRead && output.offer(lines.map(\.text).joined())
      progress.draw(done: tally.captures)
      // Nothing outweighs "critical", and there are no rows to wait for.
      return isRead && !(isQuiet && tally.worst == .critical)
    }
    guard isRead else { return tally.worst(outOf: names.count) }
    progress.erase()
    _ = try output.offer(style.summary(tally, of: report))
    return tally.worst
  }

  private func work(deliver: ([Line]) throws -> Bool) throws {
    let workers = min(Process.processorCount, names.count, FleetAudit.workerLimit)
    do {
      try OrderedWork.run(
        count: names.count, workers: workers, window: workers * FleetAudit.rowsAhead,
        body: { self.line(of: self.names[$0]) }, deliver: deliver)
    } catch let error as Errno {
      throw Failure("cannot start a thread: \(ErrorNumber(error).meaning)")
    }
  }

  private func line(of name: String) -> Line {
    guard captures.size(of: name) >= FleetAudit.largeSize else { return judgedLine(of: name) }
    return largeCapture.withLock { _ in judgedLine(of: name) }
  }

  private func judgedLine(of name: String) -> Line {
    let row = FleetRow(
      source: captures.source(of: name), name: name, answer: answer(of: name))
    return Line(text: style.rendering(of: row, of: report), tally: FleetTally(of: row))
  }

  private func answer(of name: String) -> FleetRow.Answer {
    do {
      return .audited(Analyzer.audit(try captures.read(name), by: kernel))
    } catch {
      return .unreadable(error.reason)
    }
  }
}
