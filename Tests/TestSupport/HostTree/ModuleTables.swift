/// The id tables of a distribution's modules, a few well-known drivers of each, as depmod and the
/// kernel's build write them.
enum ModuleTables {
  /// `modules.alias`.
  static let aliases = """
    # Aliases extracted from modules themselves.
    alias acpi*:PNP0303:* atkbd
    alias of:N*T*Cvirtio,mmio virtio_mmio
    alias pci:v00001002d*sv*sd*bc03sc*i* amdgpu
    alias pci:v00001002d*sv*sd*bc04sc03i00* snd_hda_intel
    alias pci:v000010DEd*sv*sd*bc03sc*i* nouveau
    alias pci:v000010DEd*sv*sd*bc04sc03i00* snd_hda_intel
    alias pci:v000014E4d00004401sv*sd*bc*sc*i* b44
    alias pci:v00001AF4d*sv*sd*bc*sc*i* virtio_pci
    alias pci:v00008086d0000100Esv*sd*bc*sc*i* e1000
    alias pci:v00008086d000010D3sv*sd*bc*sc*i* e1000e
    alias pci:v00008086d00001533sv*sd*bc*sc*i* igb
    alias pci:v00008086d000015BCsv*sd*bc*sc*i* e1000e
    alias pci:v00008086d00002922sv00001AF4sd00001100bc*sc*i* pata_subsystem
    alias pci:v*d*sv*sd*bc01sc08i02* nvme
    alias pci:v*d*sv*sd*bc06sc04i00* shpchp
    alias usb:v046Dp*d*dc*dsc*dp*ic03isc*ip*in* usbhid
    alias vfio_pci:v000015B3d0000101Esv*sd*bc*sc*i* mlx5_vfio_pci
    alias vfio_pci:v*d*sv*sd*bc*sc*i* vfio_pci

    """

  /// `modules.builtin.modinfo`: each record ends with a zero byte.
  static let builtInRecords = [
    "ahci.version=3.0", "ahci.license=GPL", "ahci.description=AHCI SATA low-level driver",
    "ahci.alias=pci:v*d*sv*sd*bc01sc06i01*", "ahci.alias=pci:v00008086d00002922sv*sd*bc*sc*i*",
    "ahci.parm=mobile_lpm_policy:Default LPM policy\nfor mobile chipsets (int)",
    "cpufreq.author=Nobody", "rtc_cmos.alias=platform:rtc_cmos",
    "xhci_pci.alias=pci:v*d*sv*sd*bc0Csc03i30*",
  ]
}
