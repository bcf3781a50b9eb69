import HostModel

/// Whether VFIO's container gives out groups whose interrupts are not isolated (§7.3 row 6).
struct UnsafeInterruptPolicy {
  let isAllowed: Bool
  /// What the answer takes for granted.
  let dependsOn: [Doubt]

  /// The loaded module's parameter decides; before it is loaded, its option on the command line.
  init(of host: ObservedHost) {
    let option = host.kernel.commandLine.value?
      .values(of: .unsafeInterrupts).last
    switch host.vfio.unsafeInterrupts {
    case .value(let isSet):
      isAllowed = isSet
      dependsOn = []
    case .absent:
      isAllowed = ["1", "y", "Y"].contains(option ?? "0")
      dependsOn = isAllowed ? [] : [.typeOneNotLoaded]
    case .unread(let failure):
      isAllowed = false
      dependsOn = [.unread(.unsafeInterrupts, failure)]
    }
  }
}
