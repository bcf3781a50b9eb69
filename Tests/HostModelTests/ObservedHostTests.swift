import HostModel
import Testing

struct ObservedHostTests {
  private func host(iommuListFailure: ReadFailure?) -> ObservedHost {
    ObservedHost(
      kernel: Kernel(
        release: .value("6.12.0"), build: .absent, signature: .absent, commandLine: .absent,
        symbols: .absent, options: .absent),
      firmware: Firmware(iommuTables: .absent, processor: .absent, isVirtualMachine: .absent),
      groups: [
        IOMMUGroup(
          number: 3, path: "sys/kernel/iommu_groups/3", type: .absent, name: .absent,
          reservedRegions: .absent, members: [])
      ],
      groupListing: .value(1),
      devices: [Device(name: "0000:01:00.0", bus: .pci, path: "sys/devices/0000:01:00.0")],
      drivers: [], autoprobe: [:], iommus: [], vfio: VFIOFacilities(), interrupts: .absent,
      problems: [], notAsked: ["sys/devices/*/numa_node"], iommuListFailure: iommuListFailure)
  }

  @Test("a problem of the reading as a whole is added, and nothing else changes")
  func addingAProblem() {
    let problem = ReadProblem(path: "sys/kernel/uevent_seqnum", failure: .hostChanging)
    let before = host(iommuListFailure: .refused(.permissionDenied))
    let after = before.adding(problem)
    #expect(after.problems == [problem])
    #expect(after != before)
    #expect(after.iommuListFailure == .refused(.permissionDenied))
    #expect(after.notAsked == before.notAsked)
    #expect(after.groups == before.groups && after.devices == before.devices)
    #expect(after.group(3) != nil && after.position(of: "sys/devices/0000:01:00.0") == 0)
    #expect(after.adding(problem) == after)
  }

  @Test("hosts differ when the list of IOMMUs could be read on only one of them")
  func unreadListOfIOMMUs() {
    #expect(host(iommuListFailure: nil) == host(iommuListFailure: nil))
    #expect(host(iommuListFailure: nil) != host(iommuListFailure: .refused(.permissionDenied)))
  }
}
