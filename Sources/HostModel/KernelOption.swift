/// An option of the kernel's configuration that changes an answer.
package enum KernelOption: String, CaseIterable, Sendable {
  case intelDefaultOn = "CONFIG_INTEL_IOMMU_DEFAULT_ON"
  case intelDefaultOnExceptGraphics = "CONFIG_INTEL_IOMMU_DEFAULT_ON_INTGPU_OFF"
  case intelIOMMU = "CONFIG_INTEL_IOMMU"
  case amdIOMMU = "CONFIG_AMD_IOMMU"
  case vfio = "CONFIG_VFIO"
  case vfioGroup = "CONFIG_VFIO_GROUP"
  case vfioDeviceCdev = "CONFIG_VFIO_DEVICE_CDEV"
  case vfioNoIOMMU = "CONFIG_VFIO_NOIOMMU"
  case iommufd = "CONFIG_IOMMUFD"
}
