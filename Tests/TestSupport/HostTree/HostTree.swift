package import HostModel
package import HostReader

/// A host said in a few words, and what the kernel of its version would show of it.
///
/// Fixtures and tests name groups, functions and drivers; `entries` and `write(to:)` spell out the
/// sysfs and procfs that follow, in the shape that libudev, lspci and driverctl also accept. A test
/// in which nothing is read takes `HostValues`.
package struct HostTree: Sendable {
  /// `uname -r`.
  package var release: String
  /// `uname -v`; Debian puts its stable level here.
  package var build: String
  /// The upstream version whose attributes are composed.
  package var version: KernelVersion
  /// `/proc/version_signature`, which only Ubuntu has.
  package var signature: String?
  package var commandLine = "BOOT_IMAGE=/boot/vmlinuz root=/dev/sda1 ro quiet"
  /// What of `/proc/kallsyms` matters; `nil` where the kernel has no such file.
  package var symbols: Set<KernelSymbol>?
  /// `/boot/config-RELEASE`; empty when there is no such file.
  package var options: [KernelOption: String] = [:]

  /// Whether `/usr/lib/modules/RELEASE` has the id tables of its modules.
  package var hasModuleTables = false

  package var processor: Processor
  package var isVirtualMachine = false
  package var iommu: IOMMUSetup
  /// Tables below `/sys/firmware/acpi/tables`, beside those of every machine.
  package var firmwareTables: Set<String>
  package var interrupts: InterruptSetup

  package var functions: [PCIFunction] = []
  package var otherDevices: [BusDevice] = []
  /// What differs from an ordinary group.
  package var groups: [GroupNumber: GroupDetails] = [:]
  /// Drivers that no device is bound to; those of bound devices register themselves.
  package var idleDrivers: [Driver] = []
  /// `drivers_autoprobe` of a bus, where it is off.
  package var busesWithoutAutoprobe: Set<BusName> = []

  /// Parameters and use counts that differ from a module's ordinary ones.
  package var modules: [ModuleName: ModuleDetails] = [:]
  /// Modules that the drivers would bring along and that are not loaded.
  package var missingModules: Set<ModuleName> = []
  /// Nodes that no bound device explains: a no-IOMMU group, a group file that outlived its driver.
  package var extraGroupNodes: [VFIOGroupNode] = []
  /// Whether the kernel makes `/dev/iommu` and a node per VFIO device (from 6.6, not on Debian).
  package var hasDeviceNodes = false
  package var processes: [HostProcess] = []
  /// What the host uses its devices for; `nil` for a capture that was never asked.
  package var use: UseSetup?

  /// - Parameters:
  ///   - kernel: the release, whose numbers choose the attributes.
  ///   - build: `uname -v`; `Debian 6.1.76-1` in it overrules the numbers of the release.
  package init(
    kernel: String, build: String = "#1 SMP PREEMPT_DYNAMIC", iommu: IOMMUSetup = .intel()
  ) {
    release = kernel
    self.build = build
    version = HostTree.version(release: kernel, build: build)
    symbols = KernelSymbol.ordinary(of: version)
    self.iommu = iommu
    processor = iommu.ordinaryProcessor
    firmwareTables = iommu.ordinaryTables
    interrupts = InterruptSetup(kind: iommu.ordinaryInterrupts)
  }

  package mutating func add(_ functions: PCIFunction...) {
    self.functions += functions
  }

  package mutating func add(_ devices: BusDevice...) {
    otherDevices += devices
  }

  /// Registers a driver that has no device.
  package mutating func register(_ driver: DriverName, on bus: BusName = .pci) {
    idleDrivers.append(DriverModules.registered(driver, on: bus))
  }

  /// A function already added; there is no other way to name one that is not.
  package subscript(name: DeviceName) -> PCIFunction {
    get { functions[index(of: name)] }
    set { functions[index(of: name)] = newValue }
  }

  private func index(of name: DeviceName) -> Int {
    guard let index = functions.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("the composed host has no function \(name)")
    }
    return index
  }

  /// What the composed host answers, path by path.
  package var entries: SnapshotEntries {
    var composer = TreeComposer(host: self)
    composer.compose()
    return composer.entries
  }

  private static func version(release: String, build: String) -> KernelVersion {
    if let debian = build.split(separator: " ").drop(while: { $0 != "Debian" }).dropFirst().first,
      let version = KernelVersion(release: debian)
    {
      return version
    }
    guard let version = KernelVersion(release: release) else {
      preconditionFailure("a fixture's kernel release has no numbers: \(release)")
    }
    return version
  }
}

extension KernelSymbol {
  /// What a kernel of this version lists when nothing is backported (kernel-rules §1.1).
  package static func ordinary(of version: KernelVersion) -> Set<KernelSymbol> {
    var symbols: Set<KernelSymbol> = []
    if version >= KernelVersion(5, 11) { symbols.insert(.storesType) }
    symbols.insert(version >= KernelVersion(5, 19) ? .claimsOwnership : .notifiesBinds)
    if version >= KernelVersion(6, 2) { symbols.insert(.claimsByDevice) }
    let unlocked =
      version >= KernelVersion(7, 0)
      || (version.series == KernelVersion(6, 12) && version.patch >= 80)
    if unlocked { symbols.insert(.overrideWithoutLock) }
    return symbols
  }
}
