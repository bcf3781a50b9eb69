package import HostModel

/// What user space gets: the call that fails and its errno.
package struct Refusal: Sendable, Hashable {
  package let call: VFIOCall
  package let errno: ErrorNumber

  package init(call: VFIOCall, errno: ErrorNumber) {
    self.call = call
    self.errno = errno
  }
}
