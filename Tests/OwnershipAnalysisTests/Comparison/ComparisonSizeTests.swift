import HostModel
import TestSupport
import Testing

@testable import OwnershipAnalysis

/// Captures that no kernel writes: long chains, and many things of one name.
@Suite("Comparisons of large hostile captures")
struct ComparisonSizeTests {
  private static func host(_ devices: [Device]) -> ObservedHost {
    var host = HostValues()
    host.stated.release = .value("6.12.0")
    host.devices = devices
    return host.observed
  }

  private static func function(
    _ name: DeviceName, at path: HostPath, id: UInt16 = 1, virtual: [HostPath] = []
  ) -> Device {
    let sriov = PhysicalFunction(
      totalVFs: .value(1), virtualFunctions: virtual, driversAutoprobe: .absent)
    return Device(
      name: name, bus: .pci, path: path, group: .absent, driver: .absent,
      driverOverride: .value(.unset),
      identity: .value(
        PCIIdentity(vendor: 0x8086, device: id, deviceClass: PCIClass(code: 0x020000))),
      header: .value(.bridge), sriov: virtual.isEmpty ? .none : .physical(sriov))
  }

  private static func name(_ number: Int) -> DeviceName {
    DeviceName(
      PCIAddress(
        domain: UInt32(number >> 16), bus: UInt8(number >> 8 & 0xff),
        slot: UInt8(number >> 3 & 0x1f),
        function: UInt8(number & 7)))
  }

  private static func expectSame(_ host: ObservedHost) {
    let audit = Analyzer.audit(host)
    #expect(HostComparison(old: audit, new: audit).isSame)
  }

  @Test(
    "a chain of functions, each the virtual function of the one before, is compared",
    arguments: [false, true])
  func virtualFunctions(isRing: Bool) {
    let count = 100_000
    let paths = (0..<count).map { "sys/devices/pci0000:00" / ComparisonSizeTests.name($0).text }
    ComparisonSizeTests.expectSame(
      ComparisonSizeTests.host(
        paths.indices.map { number in
          let next = isRing ? (number + 1) % count : number + 1
          return ComparisonSizeTests.function(
            ComparisonSizeTests.name(number), at: paths[number],
            virtual: next < count ? [paths[next]] : [])
        }))
  }

  @Test("a chain of bridges, each below the one before, is compared")
  func bridges() {
    var path: HostPath = "sys/devices/pci0000:00"
    var devices: [Device] = []
    for number in 0..<2_000 {
      path = path / ComparisonSizeTests.name(number).text
      devices.append(ComparisonSizeTests.function(ComparisonSizeTests.name(number), at: path))
    }
    ComparisonSizeTests.expectSame(ComparisonSizeTests.host(devices))
  }

  @Test(
    "many functions in one place, all replaced, are compared in linear time",
    .timeLimit(.minutes(1)))
  func onePlace() {
    let count = 40_000
    func audit(id: UInt16) -> Audit {
      // The bus number, which differs, is not part of a place.
      let names = (0..<count).map { ComparisonSizeTests.name($0 << 8) }
      return Analyzer.audit(
        ComparisonSizeTests.host(
          names.map {
            ComparisonSizeTests.function($0, at: "sys/devices/pci0000:00" / $0.text, id: id)
          }))
    }
    let comparison = HostComparison(old: audit(id: 1), new: audit(id: 2))
    #expect(comparison.devices.count == count)
    #expect(comparison.devices.allSatisfy { $0.change == .replaced })
  }

  @Test("many findings about one thing are compared in linear time", .timeLimit(.minutes(1)))
  func oneSubject() {
    let count = 100_000
    func audit(severity: Severity) -> Audit {
      let audit = Analyzer.audit(ComparisonSizeTests.host([]))
      let finding = Finding(
        rule: .mixedGroup, severity: severity, message: "the same", evidence: [], remedy: "-")
      return Audit(
        host: audit.host, kernel: audit.kernel, behavior: audit.behavior, groups: [],
        findings: Array(repeating: finding, count: count))
    }
    let comparison = HostComparison(old: audit(severity: .info), new: audit(severity: .error))
    #expect(comparison.findings.count == count)
  }

  @Test(
    "findings about devices of one name on many buses are compared in linear time",
    .timeLimit(.minutes(1)))
  func oneName() {
    let count = 20_000
    let devices = (0..<count).map { number in
      Device(
        name: "x", bus: BusName("bus\(number)"), path: "sys/devices" / "\(number)" / "x",
        group: .absent, driver: .absent, driverOverride: .absent)
    }
    let audit = Analyzer.audit(ComparisonSizeTests.host(devices))
    let finding = Finding(
      rule: .staleOverride, severity: .warning, devices: ["x"], message: "the same", evidence: [],
      remedy: "-")
    let found = Audit(
      host: audit.host, kernel: audit.kernel, behavior: audit.behavior, groups: [],
      findings: Array(repeating: finding, count: count))
    #expect(HostComparison(old: found, new: found).isSame)
    let silent = Audit(
      host: audit.host, kernel: audit.kernel, behavior: audit.behavior, groups: [], findings: [])
    #expect(HostComparison(old: silent, new: found).findings.count == count)
  }
}
