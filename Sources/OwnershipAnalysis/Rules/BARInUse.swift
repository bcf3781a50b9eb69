extension Rule {
  /// Another driver holds a memory region of the device.
  static let barInUse = Rule(
    forMessages: .barInUse,
    title: "another driver holds a memory region (BAR) of the device",
    page: RulePage(
      meaning: """
        A region of the device is in use by a driver that is not bound to it: most often the firmware's \
        framebuffer (efifb, vesafb, simple-framebuffer) that shows the boot messages on this graphics \
        card. From 6.0 vfio-pci takes it away from the boot display by itself; up to 5.19 it does not, \
        and the guest cannot use the region.
        """,
      evidence: [
        "grep -i -e efifb -e vesafb -e simple -e BOOTFB /proc/iomem",
        "cat /sys/bus/pci/devices/0000:01:00.0/boot_vga",
      ],
      remedy: """
        Boot on another graphics card, or with video=efifb:off up to 5.19, or unbind the framebuffer: \
        echo efi-framebuffer.0 > /sys/bus/platform/drivers/efi-framebuffer/unbind.
        """,
      kernels: "up to 5.19 for the boot display; all for other drivers",
      source: "kernel-rules §6.1 row 4, §6.3"))
}
