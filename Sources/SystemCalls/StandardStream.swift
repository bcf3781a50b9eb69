import Glibc

/// The streams that the program writes to, as it was given them.
package enum StandardStream: Sendable {
  case output
  case error

  private var number: Int32 {
    switch self {
    case .output: STDOUT_FILENO
    case .error: STDERR_FILENO
    }
  }

  package var isTerminal: Bool { isatty(number) == 1 }

  package func write(_ bytes: [UInt8]) throws(Errno) {
    try Descriptor.write(bytes, to: number)
  }
}
