import CUdev
import Glibc

/// A child process that enumerates by libudev and reads `driver_override`, both of which can wait
/// for a device's lock for as long as a virtual machine runs (kernel-rules §8.4).
///
/// A thread would not do: a process with a thread that waits so cannot end, and the shell waits
/// with it. Nothing is executed; the child is a copy of this process, which keeps none of its
/// files but a pipe. The pointers given to C are of buffers that live for the whole of the call,
/// and C keeps none of them: that is all `unsafe` there is here.
package struct SurveyChild: ~Copyable {
  /// What the child says next.
  package enum Answer: Equatable, Sendable {
    /// libudev lists the device in this directory.
    case listed(String)
    /// All devices of the subsystem were told.
    case endOfSubsystem(String)
    /// libudev gave no list; the errno says why.
    case noList(errno: Int32)
    /// The child is about to read the `driver_override` of this device.
    case asking(String)
    /// The content of the attribute, `nil` when there is no such attribute.
    case driverOverride([UInt8]?)
    /// The errno of the attempt to read it.
    case refused(errno: Int32)
    /// The child has done everything.
    case finished
    /// No answer in time.
    case stalled
    /// The child is gone before it was done.
    case died
  }

  private let process: pid_t
  private let answers: Int32
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
    answers = child.answers
  }

  deinit {
    if !isFinished { kill(process, SIGKILL) }
    close(answers)
    // A finished child is about to end. One that hangs ends when the kernel lets it, and then
    // belongs to init: to wait here would be to hang as well.
    _ = waitpid(process, nil, isFinished ? 0 : WNOHANG)
  }

  /// Waits for the next answer, at most as long as told.
  package mutating func next(within milliseconds: Int) -> Answer {
    let deadline = SurveyChild.now() + milliseconds
    while true {
      if let end = pending[used...].firstIndex(of: 0) {
        let answer = SurveyChild.answer(pending[used..<end])
        used = end + 1
        if answer == .finished { isFinished = true }
        return answer
      }
      var wanted = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
      let ready = unsafe poll(&wanted, 1, Int32(max(0, deadline - SurveyChild.now())))
      if ready == 0 { return .stalled }
      if ready < 0, errno == EINTR { continue }
      guard ready > 0, fill() else { return .died }
    }
  }

  /// Takes what the pipe has; `false` at its end.
  private mutating func fill() -> Bool {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe piece.withUnsafeMutableBytes { bytes -> Int in
      guard let start = bytes.baseAddress else { return 0 }
      return unsafe read(answers, start, bytes.count)
    }
    guard count > 0 else { return count < 0 && errno == EINTR }
    pending.removeSubrange(..<used)
    used = 0
    pending += piece[..<count]
    return true
  }

  private static func answer(_ record: ArraySlice<UInt8>) -> Answer {
    let text = String(decoding: record.dropFirst(), as: UTF8.self)
    return switch record.first {
    case UInt8(ascii: "d"): .listed(text)
    case UInt8(ascii: "s"): .endOfSubsystem(text)
    case UInt8(ascii: "x"): .noList(errno: Int32(text) ?? EIO)
    case UInt8(ascii: "a"): .asking(text)
    case UInt8(ascii: "o"): .driverOverride(Array(record.dropFirst()))
    case UInt8(ascii: "n"): .driverOverride(nil)
    case UInt8(ascii: "f"): .refused(errno: Int32(text) ?? EIO)
    case UInt8(ascii: "z"): .finished
    default: .died
    }
  }

  /// Strings one after the other, as the child takes them.
  private static func list(_ strings: [String]) -> [CChar] {
    var bytes: [CChar] = []
    for string in strings where !string.isEmpty {
      bytes += string.utf8.map { CChar(bitPattern: $0) } + [0]
    }
    return bytes + [0]
  }

  /// Milliseconds of a clock that nobody sets.
  private static func now() -> Int {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
