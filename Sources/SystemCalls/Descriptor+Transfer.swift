import Glibc

extension Descriptor {
  /// Reads once into the buffer from `offset` to its end; 0 at the end of the file.
  package borrowing func read(
    into buffer: inout [UInt8], from offset: Int = 0
  ) throws(Errno) -> Int {
    repeat {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        let free = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[offset...])
        return unsafe Glibc.read(number, free.baseAddress, free.count)
      }
      if count >= 0 { return count }
    } while errno == EINTR
    throw Errno.last
  }

  /// The rest of the file, at most `limit` bytes of it.
  package borrowing func contents(limit: Int) throws(Errno) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: min(limit, 1 << 16))
    while bytes.count < limit {
      let count = try read(into: &piece)
      guard count > 0 else { break }
      bytes += piece.prefix(min(count, limit - bytes.count))
    }
    return bytes
  }

  package borrowing func write(_ bytes: [UInt8]) throws(Errno) {
    try Descriptor.write(bytes, to: number)
  }

  /// Writes all bytes, however many calls that takes.
  ///
  /// Swift's `print` does not report a full disk and `stdout` is a mutable global, so the bytes go
  /// to write(2).
  static func write(_ bytes: [UInt8], to number: Int32) throws(Errno) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes { rest in
        unsafe Glibc.write(number, rest.baseAddress, rest.count)
      }
      if count < 0, errno != EINTR { throw Errno.last }
      written += max(0, count)
    }
  }

  /// Waits until the bytes are on the disk.
  package borrowing func sync() throws(Errno) {
    guard fsync(number) == 0 else { throw Errno.last }
  }

  /// Waits until there is something to read, or the end; `false` if there is not in time.
  package borrowing func waitForInput(milliseconds: Int) throws(Errno) -> Bool {
    let deadline = MonotonicClock.milliseconds + milliseconds
    while true {
      var wanted = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
      let left = max(0, deadline - MonotonicClock.milliseconds)
      let ready = unsafe poll(&wanted, 1, Int32(clamping: left))
      if ready >= 0 { return ready > 0 }
      guard errno == EINTR else { throw Errno.last }
    }
  }
}
