/// How much of a host is read: what costs time is read only where an answer can depend on it.
package enum ReadDepth: Sendable {
  /// All that a judgement of the host as it is rests on.
  case audit
  /// The modules' id tables too, which show what a driver would match: some 10 ms more.
  case prediction
}
