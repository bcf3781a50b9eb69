import HostModel
import OwnershipAnalysis

extension Reason {
  /// The reasons of opens through groups and device nodes, and of their end.
  var textOfOpening: String {
    switch self {
    case .nodeOpened(let group):
      "/dev/vfio/\(group) is open; without a container nothing is claimed"
    case .nodeMissing(let group):
      "/dev/vfio/\(group) is not there: no member is bound to a VFIO driver"
    case .nodeHeld(let holder, let group): "\(holder) holds /dev/vfio/\(group)"
    case .noNodeWithoutGroup(let device):
      "\(device) has no IOMMU group, and so no node in /dev/vfio"
    case .groupInUse(let group): "group \(group) is in use"
    case .groupHeld(let holder, let device): "\(holder) holds the group of \(device)"
    case .heldThroughCdev(let holder, let group):
      "\(holder) holds a device of group \(group) through its cdev"
    case .notViable(let group, let obstacle): "group \(group) is not viable: \(obstacle.text)"
    case .notOnVFIO(let device): "\(device) is not bound to a VFIO driver"
    case .tokenForVirtualFunction(let function):
      "physical function \(function) is on VFIO too: its VFs open with a VF token only"
    case .tokenForFunction(let device, let virtual):
      "VF \(virtual) is in use: \(device) opens with a VF token only"
    case .opened(let holder, let devices):
      "every step succeeds; \(holder) holds \(Phrase.devices(devices))"
    case .openedWithoutIOMMU(let holder, let devices):
      "every step succeeds without an IOMMU; \(holder) holds \(Phrase.devices(devices))"
    case .holdsNothing(let holder): "\(holder) holds nothing"
    case .letsGo(let holder): "\(holder) lets go of everything"
    case .cdevMissing(let device, let cause):
      "there is no node for \(device) in /dev/vfio/devices: \(cause.text)"
    case .noIOMMUFD: "/dev/iommu is not there: no iommufd"
    case .deviceOpen(let holder, let device): "\(holder) has \(device) open already"
    case .interruptsNotIsolated: "interrupts are not isolated"
    case .belongsToKernel(let group, let obstacle):
      "group \(group) belongs to the kernel: \(obstacle.text)"
    case .ownedByOther(let holder, let group):
      "\(holder) owns group \(group) through another interface"
    case .obstacle(let obstacle): obstacle.text
    default: ""
    }
  }
}

extension MissingCdev {
  fileprivate var text: String {
    switch self {
    case .kernelTooOld: "kernels before 6.6 have none"
    case .noIOMMUMode: "kernels before 7.3 have none for a device without an IOMMU"
    case .notOnVFIO: "it is not bound to a VFIO driver"
    case .notConfigured: "this kernel is built without CONFIG_VFIO_DEVICE_CDEV"
    case .othersHaveNone: "other devices on VFIO have none either"
    }
  }
}

extension Obstacle {
  /// The fact in a few words.
  var text: String {
    switch reason {
    case .kernelDriver, .driverNotAllowed: Phrase.bindings(culprits)
    case .directRegion: "the firmware demands a 1:1 mapping for a member"
    case .mixedBuses: "its members sit on different buses"
    case .unsafeInterrupts: "interrupts are not isolated"
    }
  }
}
