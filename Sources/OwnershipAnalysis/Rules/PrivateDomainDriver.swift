import HostModel

extension Rule {
  /// PRIVATE-DOMAIN: a driver that may use a private IOMMU domain (§10.2, §12.1).
  static let privateDomainDriver = Rule(
    slug: .privateDomainDriver, severity: .info,
    title: "a driver may use a private IOMMU domain",
    page: RulePage(
      meaning: """
        Some kernel drivers attach a private domain or a PASID while they are bound. Nothing in \
        sysfs shows it. While they do, even another kernel driver's bind in the same group is \
        refused with EBUSY.
        """,
      evidence: ["readlink /sys/bus/pci/devices/0000:6a:01.0/driver"],
      remedy: "Stop what uses the driver (vhost-vdpa, SVA work queues) before binding a sibling.",
      kernels: "from 5.19; PASIDs from 6.2",
      source: "kernel-rules §3.1 rows 5 and 6, §10.2, §13 cases 3 and 43"),
    findings: { context in
      context.groups.filter { $0.members.count > 1 }.flatMap { group in
        group.members.compactMap { member in
          guard case .kernel(let driver, .privateDomain) = member.policy else { return nil }
          return Finding(
            rule: .privateDomainDriver, severity: .info, group: group.group.number,
            devices: [member.device.name],
            message: "\(member.device.name) is bound to \(driver), which may use a private IOMMU "
              + "domain: binding another kernel driver in group \(group.group.number) can "
              + "answer EBUSY",
            evidence: [member.driverEvidence],
            remedy: "stop what uses \(driver) before binding another member",
            dependsOn: [.privateDomainUnseen(driver)])
        }
      }
    })
}
