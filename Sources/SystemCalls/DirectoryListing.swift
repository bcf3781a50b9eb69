import Glibc

/// The names in a directory.
package enum DirectoryListing {
  /// The names in an open directory, without `.` and `..`, in the order of the file system.
  ///
  /// A name that is not UTF-8 is spelled with `\xNN` for each byte beyond ASCII. Stops after `limit` names.
  package static func names(in directory: Int32, limit: Int = .max) throws(Errno) -> [String] {
    // A separate descriptor, since reading moves its position and closing the stream closes it.
    let own = try DirectoryEntry.openDirectory(".", in: directory).release()
    guard let stream = unsafe fdopendir(own) else {
      let error = Errno.last
      Descriptor.close(own)
      throw error
    }
    defer { unsafe closedir(stream) }
    return try collect(limit: limit) { () throws(Errno) in
      // readdir(3) returns NULL at the end, and also for a failure; only errno distinguishes them.
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        guard errno == 0 else { throw Errno.last }
        return nil
      }
      // The kernel ends the name with a zero byte inside the record.
      return unsafe withUnsafePointer(to: &entry.pointee.d_name.0) {
        unsafe String(validatingCString: $0) ?? spelled($0)
      }
    }
  }

  private static func spelled(_ name: UnsafePointer<CChar>) -> String {
    var text = ""
    var next = unsafe name
    while unsafe next.pointee != 0 {
      let byte = unsafe UInt8(bitPattern: next.pointee)
      if byte < 0x80 {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "\\x" + String(byte, radix: 16)
      }
      unsafe next += 1
    }
    return text
  }

  /// The names up to the end, which is `nil`; what could be listed before a failure is not a list.
  static func collect(
    limit: Int, next: () throws(Errno) -> String?
  ) throws(Errno) -> [String] {
    var names: [String] = []
    while names.count < limit, let name = try next() {
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
