import HostModel

/// Whether VFIO's container gives out groups whose interrupts are not isolated (§7.3 row 6).
struct UnsafeInterruptPolicy {
  /// `nil` when what decides could not be read.
  let isAllowed: Bool?
  /// What the answer takes for granted, or what could not be read.
  let dependsOn: [Doubt]

  /// The loaded module's parameter decides; before it is loaded, its option on the command line.
  ///
  /// - Parameter written: the parameter's value where it was written since.
  init(of host: ObservedHost, written: Bool? = nil) {
    switch written.map(Reading.value) ?? host.vfio.unsafeInterrupts {
    case .value(let isSet):
      isAllowed = isSet
      dependsOn = []
    case .unread(let failure):
      isAllowed = nil
      dependsOn = [.unread(.unsafeInterrupts, failure)]
    case .absent:
      if let failure = host.kernel.commandLine.failure {
        isAllowed = nil
        dependsOn = [.unread(.commandLine, failure)]
      } else {
        let option = host.kernel.commandLine.value?.values(of: .unsafeInterrupts).last
        let isSet = ["1", "y", "Y"].contains(option ?? "0")
        isAllowed = isSet
        dependsOn = isSet ? [] : [.typeOneNotLoaded]
      }
    }
  }
}
