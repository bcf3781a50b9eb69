import Glibc

/// The streams that the program writes to, as it was given them.
package struct StandardStream: Sendable {
  package static let output = StandardStream(number: STDOUT_FILENO)
  package static let error = StandardStream(number: STDERR_FILENO)

  private let number: Int32

  package var isTerminal: Bool { isatty(number) == 1 }

  package func write(_ bytes: [UInt8]) throws(Errno) {
    try Descriptor.write(bytes, to: number)
  }
}
