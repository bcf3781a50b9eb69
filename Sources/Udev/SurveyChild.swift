import CUdev
package import SystemCalls

/// A child process that enumerates by libudev and reads `driver_override`, both of which can wait
/// for a device's lock for as long as a virtual machine runs (kernel-rules §8.4).
///
/// A thread would not do: a process with a thread that waits so cannot end, and the shell waits
/// with it. Nothing is executed; the child is a copy of this process, which keeps none of its
/// files but a pipe. The pointers given to C are of values that live for the whole of the call,
/// and C keeps none of them.
package struct SurveyChild: ~Copyable {
  /// What the child says next.
  package enum Answer: Equatable, Sendable {
    /// libudev lists the device in this directory.
    case listed(String)
    /// All devices of the subsystem were listed.
    case endOfSubsystem(String)
    /// libudev gave no list.
    case noList(Errno)
    /// The child is about to read the `driver_override` of this device.
    case asking(String)
    /// The content of the attribute, `nil` when there is no such attribute.
    case driverOverride([UInt8]?)
    /// The attempt to read it failed.
    case refused(Errno)
    /// The child has done everything.
    case finished
    /// No answer in time.
    case stalled
    /// The child is gone before it was done.
    case died
  }

  private let process: Int32
  private let answers: Descriptor
  private var pending: [UInt8] = []
  /// How much of `pending` was answered.
  private var used = 0
  private var isFinished = false

  /// Starts the child; fails when there is no process or pipe to be had.
  ///
  /// - Parameters:
  ///   - subsystems: What libudev is to enumerate; none when only attributes are wanted.
  ///   - paths: The directories of the devices whose `driver_override` is wanted, in this order.
  package init?(subsystems: [String], paths: [String]) {
    var child = survey_child()
    let error = unsafe survey_start(
      SurveyChild.list(subsystems), SurveyChild.list(paths), &child)
    guard error == 0 else { return nil }
    process = child.process
    answers = Descriptor(owning: child.answers)
  }

  deinit {
    if !isFinished { Process.kill(process) }
    // A finished child is about to end. One that hangs ends when the kernel lets it, and then
    // belongs to init: to wait here would be to hang as well.
    Process.reap(process, waiting: isFinished)
  }

  /// Waits for the next answer, at most as long as given.
  package mutating func next(within milliseconds: Int) -> Answer {
    let deadline = MonotonicClock.milliseconds + milliseconds
    while true {
      if let end = pending[used...].firstIndex(of: 0) {
        let answer = SurveyChild.answer(pending[used..<end])
        used = end + 1
        if answer == .finished { isFinished = true }
        return answer
      }
      do throws(Errno) {
        let left = max(0, deadline - MonotonicClock.milliseconds)
        guard try answers.waitForInput(milliseconds: left) else { return .stalled }
        guard try fill() else { return .died }
      } catch {
        return .died
      }
    }
  }

  /// Takes what the pipe has; `false` at its end.
  private mutating func fill() throws(Errno) -> Bool {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = try answers.read(into: &piece)
    pending.removeSubrange(..<used)
    used = 0
    pending += piece[..<count]
    return count > 0
  }

  private static func answer(_ record: ArraySlice<UInt8>) -> Answer {
    let text = NameText.text(of: record.dropFirst())
    return switch record.first {
    case UInt8(ascii: "d"): .listed(text)
    case UInt8(ascii: "s"): .endOfSubsystem(text)
    case UInt8(ascii: "x"): .noList(errno(text))
    case UInt8(ascii: "a"): .asking(text)
    case UInt8(ascii: "o"): .driverOverride(Array(record.dropFirst()))
    case UInt8(ascii: "n"): .driverOverride(nil)
    case UInt8(ascii: "f"): .refused(errno(text))
    case UInt8(ascii: "z"): .finished
    default: .died
    }
  }

  /// Strings one after the other, as the child takes them.
  private static func list(_ strings: [String]) -> [CChar] {
    var bytes: [CChar] = []
    for string in strings where !string.isEmpty {
      bytes += NameText.bytes(of: string).map { CChar(bitPattern: $0) } + [0]
    }
    return bytes + [0]
  }

  private static func errno(_ text: String) -> Errno {
    Int32(text).map(Errno.init) ?? .inputOutput
  }
}
