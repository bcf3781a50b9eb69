import CUdev

/// A context of libudev, freed at the end of its life.
///
/// The pointer is valid from `udev_new` to `udev_unref`, and never leaves this module.
@safe package struct UdevContext: ~Copyable {
  let pointer: OpaquePointer

  package init?() {
    guard let pointer = unsafe udev_new() else { return nil }
    unsafe self.pointer = pointer
  }

  deinit { unsafe _ = udev_unref(pointer) }
}
