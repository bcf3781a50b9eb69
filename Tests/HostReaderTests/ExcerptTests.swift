import HostModel
import HostReader
import TestSupport
import Testing

/// Long files: what of them is kept, and that keeping it twice changes nothing.
@Suite struct ExcerptTests {
  private func read(_ entries: SnapshotEntries) throws -> ObservedHost {
    let store = SnapshotStore(entries: entries, unlisted: .absent)
    let record = store.recordedHost()
    let again = SnapshotStore(entries: try SnapshotFile.parse(record.file), unlisted: .notCaptured)
    let second = again.recordedHost()
    #expect(second.host == record.host)
    #expect(second.file == record.file)
    return record.host
  }

  @Test(
    arguments: [
      (
        " 24:  1 0  IR-PCI-MSI-0000:01:00.0   0-edge  vfio-msix[0](0000:01:00.0)",
        InterruptDelivery.Remapping.active, ["0000:01:00.0"]
      ),
      ("  1:  9 0  IR-IO-APIC    1-edge   i8042\n NMI: 1 2 Non-maskable", .active, []),
      ("  0: 44 0  IO-APIC   2-edge   timer", .inactive, []),
      (
        "  0: 44 0  IO-APIC  16-fasteoi  ehci, vfio-intx(0000:05:00.0)", .inactive, ["0000:05:00.0"]
      ),
      (" 50: 1  ITS-MSI 524288 Edge nvme0q0", .translationService, []),
      (" 10: 1  GICv3 27 Level arch_timer", .unknown, []),
      (" 77: 0  GICv3 90 Level vfio-irq[0](fff51000.dma)", .unknown, ["fff51000.dma"]),
      ("", .unknown, []),
    ] as [(String, InterruptDelivery.Remapping, [DeviceName])])
  func interrupts(
    line: String, remapping: InterruptDelivery.Remapping, devices: [DeviceName]
  ) throws {
    let text = "           CPU0       CPU1\n\(line)\n ERR:  0\n"
    let host = try read(["proc/interrupts": .text(text)])
    #expect(
      host.interrupts
        == .value(InterruptDelivery(remapping: remapping, vfioDevices: Set(devices))))
  }

  @Test func symbolsAreReadOnlyWhereTheReleaseDoesNotSettleTheRegime() throws {
    let symbols = """
      0000000000000000 T iommu_group_claim_dma_owner
      0000000000000000 t iommu_group_store_type
      0000000000000000 T iommu_group_claim_dma_owner_more
      ffffffffc0a00000 t vfio_thing\t[vfio]
      """
    let old = try read([
      "proc/sys/kernel/osrelease": .text("5.14.0-503.el9.x86_64"),
      "proc/kallsyms": .text(symbols),
    ])
    #expect(old.kernel.symbols == .value([.claimsOwnership, .storesType]))
    let new = try read([
      "proc/sys/kernel/osrelease": .text("6.1.0"),
      "proc/kallsyms": .text(symbols),
    ])
    #expect(new.kernel.symbols == .unread(.notNeeded))
    let bare = try read(["proc/sys/kernel/osrelease": .text("5.10.0")])
    #expect(bare.kernel.symbols == .absent)
  }

  @Test func configurationAndProcessorAreReadOnlyOnAHostWithoutGroups() throws {
    let entries: SnapshotEntries = [
      "proc/sys/kernel/osrelease": .text("6.1.0-18-amd64"),
      "boot/config-6.1.0-18-amd64": .text(
        "# CONFIG_IOMMUFD is not set\nCONFIG_VFIO=m\nCONFIG_VFIO_PCI=m\nCONFIG_INTEL_IOMMU=y"),
      "proc/cpuinfo": .text(
        "processor\t: 0\nvendor_id\t: AuthenticAMD\nflags\t\t: fpu svm hypervisor lahf_lm\n"),
      "sys/firmware/acpi/tables/IVRS": .present,
    ]
    let host = try read(entries)
    #expect(host.kernel.options == .value([.vfio: "m", .intelIOMMU: "y"]))
    #expect(host.firmware.processor == .value(.amd))
    #expect(host.firmware.isVirtualMachine == .value(true))
    #expect(host.firmware.iommuTables == .value([.ivrs]))
    var tree = HostTree(kernel: "6.1.0-18-amd64")
    tree.add(PCIFunction("0000:00:02.0", class: 0x020000, id: "8086:1533", group: 1))
    let grouped = try read(tree.entries.merging(entries) { _, new in new })
    #expect(grouped.kernel.options == .unread(.notNeeded))
    #expect(grouped.firmware.processor == .unread(.notNeeded))
  }

  @Test func aReleaseCannotNameAFileOutsideBoot() throws {
    let host = try read(["proc/sys/kernel/osrelease": .text("../../etc/x")])
    #expect(host.kernel.options.value == nil)
  }
}
