import CSystemCalls
import Glibc

/// The names in a directory.
///
/// The records of the kernel are read from the open directory itself: readdir(3) would open a
/// second descriptor and make twice as many calls.
package enum DirectoryListing {
  /// The names in an open directory, without `.` and `..`, in the order of the file system.
  ///
  /// Each as its ``NameText``. Stops after `limit` names.
  ///
  /// - Parameter buffer: where the kernel writes to; of some kilobytes, and of no use afterwards.
  package static func names(
    in directory: Int32, limit: Int = .max, buffer: inout [UInt8]
  ) throws(Errno) -> [String] {
    // An earlier listing has moved its position.
    guard lseek(directory, 0, SEEK_SET) == 0 else { throw Errno.last }
    return try collect(limit: limit, buffer: &buffer) { (buffer: inout [UInt8]) throws(Errno) in
      let size = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe system_list(directory, bytes.baseAddress, bytes.count)
      }
      guard size >= 0 else { throw Errno(code: Int32(-size)) }
      return size
    }
  }

  /// The same with a buffer for this one listing.
  package static func names(in directory: Int32) throws(Errno) -> [String] {
    var buffer = [UInt8](repeating: 0, count: 32 << 10)
    return try names(in: directory, buffer: &buffer)
  }

  /// The names up to the end; what could be listed before a failure is not a list.
  ///
  /// - Parameter next: writes the next records and returns their size in bytes, 0 at the end.
  static func collect(
    limit: Int, buffer: inout [UInt8], next: (inout [UInt8]) throws(Errno) -> Int
  ) throws(Errno) -> [String] {
    var names: [String] = []
    while true {
      let size = try next(&buffer)
      guard size > 0 else { return names }
      var start = 0
      while start < size {
        let record = DirectoryRecord(in: buffer[start..<size])
        start += record.size
        guard !record.isDirectoryItselfOrParent else { continue }
        names.append(NameText.text(of: record.name))
        guard names.count < limit else { return names }
      }
    }
  }
}

/// One entry as getdents64(2) writes it, `struct linux_dirent64`.
struct DirectoryRecord {
  /// Bytes before the name: inode, offset, the record's size, the kind of the entry.
  static let headerSize = 19
  private static let sizeOffset = 16

  /// Of the record, in bytes.
  let size: Int
  /// Without the zero byte that ends it, and what fills the record up.
  let name: ArraySlice<UInt8>

  /// Reads the record that these bytes start with.
  init(in bytes: ArraySlice<UInt8>) {
    let start = bytes.startIndex
    // The two bytes are inside the buffer, which the kernel fills with whole records only.
    size = unsafe bytes.withUnsafeBytes {
      Int(unsafe $0.loadUnaligned(fromByteOffset: DirectoryRecord.sizeOffset, as: UInt16.self))
    }
    name = bytes[(start + DirectoryRecord.headerSize)..<(start + size)].prefix { $0 != 0 }
  }

  var isDirectoryItselfOrParent: Bool {
    let dot = UInt8(ascii: ".")
    return name.first == dot && name.count < 3 && name.last == dot
  }
}
