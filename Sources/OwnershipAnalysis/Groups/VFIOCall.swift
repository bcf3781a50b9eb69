/// The calls of an open through a VFIO group and the type1 container, in their order.
package enum VFIOCall: String, CaseIterable, Sendable, Comparable {
  case open
  case setContainer = "SET_CONTAINER"
  case setIOMMU = "SET_IOMMU"
  case getDeviceFD = "GET_DEVICE_FD"

  private var order: Int { VFIOCall.allCases.firstIndex(of: self) ?? 0 }

  package static func < (left: VFIOCall, right: VFIOCall) -> Bool { left.order < right.order }
}
