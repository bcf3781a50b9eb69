"""The machines that are booted: devices, IOMMU, kernel options, and the programs that run on them.

A place names a device by the path to it from its root bus, since bus numbers differ between
kernels: "04.0/00.0" is function 00.0 behind the port 00:04.0.
"""

from dataclasses import dataclass

import firmware


@dataclass(frozen=True)
class Topology:
    name: str
    about: str
    machine: str
    """Properties of `-machine q35`."""
    qemu: list[str]
    """Arguments for the devices and the IOMMU."""
    cmdline: str
    """Kernel options beside those every machine gets."""
    modules: list[str]
    """Loaded at boot, in this order."""
    places: dict[str, str]
    """Alias of each device a program names -> its place."""
    programs: list[str]
    """By file name without suffix; "random-N" for the random program of seed N."""
    kernels: frozenset[str] | None = None
    """The kernels that it is recorded on; `None` for all."""
    writes: tuple[tuple[str, str], ...] = ()
    """Files written at boot, before the first capture: (path, text); {alias} is an address."""
    tables: tuple[tuple[str, bytes], ...] = ()
    """ACPI tables that the kernel uses in place of the firmware's: (file name, content)."""


# Boards

INTEL = ["-device", "intel-iommu,intremap=on,aw-bits=48"]
INTEL_NO_REMAPPING = ["-device", "intel-iommu,intremap=off,aw-bits=48"]
AMD = ["-device", "amd-iommu,intremap=on"]
SPLIT = "kernel-irqchip=split"
# On a busy machine the emulated timer is too late for the kernel's test, and the kernel panics.
PATIENT = "no_timer_check"
INTEL_ON = f"intel_iommu=on {PATIENT}"
# A kernel without ACPI hotplug binds shpchp to every conventional bridge.
NO_SHPCHP = "initcall_blacklist=shpcd_init"

VFIO = ["vfio-pci", "vfio_iommu_type1"]
STUBS = ["pci-stub", "pci-pf-stub", "uio_pci_generic"]

ALL_KERNELS = frozenset(
    ["5.10-bullseye", "6.1-bookworm", "6.12-trixie", "7.2-sid", "7.2-iommufd"])
VIRTIO_IOMMU_KERNELS = frozenset(["6.12-trixie", "7.2-sid", "7.2-iommufd"])
OWN_KERNEL = frozenset(["7.2-iommufd"])


# Devices

def device(model: str, bus: str, slot: str, *options: str) -> list[str]:
    return ["-device", ",".join([model, f"bus={bus}", f"addr={slot}", *options])]


def root_port(number: int, slot: str, *options: str) -> list[str]:
    """A port with ACS: the devices behind it have a separate group."""
    return device("pcie-root-port", "pcie.0", slot, f"id=port{number}", f"chassis={number}",
                  f"slot={number}", *options)


def behind_port(number: int, slot: str, model: str, *options: str) -> list[str]:
    return root_port(number, slot) + device(model, f"port{number}", "00.0", *options)


def downstream_port(number: int, bus: str, slot: str, *options: str) -> list[str]:
    return device("xio3130-downstream", bus, slot, f"id=port{number}", f"chassis={number}",
                  f"slot={number}", *options)


def nic(model: str) -> tuple[str, str]:
    """A network card without an option ROM, which only slows the firmware down."""
    return (model, "romfile=")


def conventional_bus(name: str, slot: str) -> list[str]:
    """A PCIe-to-PCI bridge: conventional devices share one group with it."""
    return device("pcie-pci-bridge", "pcie.0", slot, f"id={name}")


NVME = ("nvme", "serial=one")

# One card in a separate group, and two functions of one slot in another group.
PAIR = (
    behind_port(1, "04.0", *nic("e1000e"))
    + root_port(2, "05.0")
    + device("e1000e", "port2", "00.0", "romfile=", "multifunction=on")
    + device("e1000e", "port2", "00.1", "romfile=")
)
PAIR_PLACES = {"nic": "04.0/00.0", "guest": "05.0/00.0", "mate": "05.0/00.1"}


# Topologies

ROOT_PORTS = Topology(
    name="root-ports",
    about="every device has a separate group behind a root port; Intel IOMMU",
    machine=SPLIT,
    qemu=INTEL
    + behind_port(1, "04.0", *nic("e1000e"))
    + behind_port(2, "05.0", *nic("e1000e"))
    + behind_port(3, "06.0", *NVME)
    + behind_port(4, "07.0", "pci-testdev"),
    cmdline=INTEL_ON,
    modules=VFIO + STUBS + ["e1000e", "nvme"],
    places={"port": "04.0", "nic": "04.0/00.0", "twin": "05.0/00.0", "disk": "06.0/00.0",
            "plain": "07.0/00.0"},
    programs=["binding", "dynamic-ids", "modules", "opening", "blocked-unbind", "group-type",
              "cdev", "random-1"],
)

CONVENTIONAL = Topology(
    name="conventional",
    about="conventional devices behind a PCIe-to-PCI bridge: one group, bridge included; "
          "Intel IOMMU",
    machine=SPLIT,
    qemu=INTEL
    + conventional_bus("left", "03.0")
    + device("e1000", "left", "01.0", "romfile=")
    + device("e1000-82545em", "left", "02.0", "romfile=")
    + device("intel-hda", "left", "03.0")
    + device("pci-testdev", "left", "04.0")
    + behind_port(1, "05.0", *nic("e1000e")),
    cmdline=f"{INTEL_ON} {NO_SHPCHP}",
    modules=VFIO + STUBS + ["e1000", "e1000e", "snd-hda-intel"],
    places={"bridge": "03.0", "nic": "03.0/01.0", "mate": "03.0/02.0", "sound": "03.0/03.0",
            "plain": "03.0/04.0", "apart": "05.0/00.0"},
    programs=["mixed-groups", "claimed-groups", "live-group-bugs", "group-type-shared",
              "cdev-shared", "random-1", "random-2"],
)

# Without ACPI hotplug of bridges the firmware leaves SHPC to the kernel.
HOTPLUG_BRIDGE = Topology(
    name="hotplug-bridge",
    about="a PCIe-to-PCI bridge that shpchp drives, and conventional devices behind it; "
          "Intel IOMMU",
    machine=SPLIT,
    qemu=INTEL
    + ["-global", "ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off"]
    + conventional_bus("left", "03.0")
    + device("e1000", "left", "01.0", "romfile=")
    + device("pci-testdev", "left", "02.0"),
    cmdline=INTEL_ON,
    modules=VFIO + STUBS + ["e1000"],
    places={"bridge": "03.0", "nic": "03.0/01.0", "plain": "03.0/02.0"},
    programs=["bridges"],
)

MULTIFUNCTION = Topology(
    name="multifunction",
    about="functions of one slot without ACS, on the root bus and behind a port, and the "
          "chipset's own; Intel IOMMU",
    machine=SPLIT,
    qemu=INTEL
    + device("e1000e", "pcie.0", "05.0", "romfile=", "multifunction=on")
    + device("e1000e", "pcie.0", "05.1", "romfile=")
    + device("pci-testdev", "pcie.0", "05.2")
    + root_port(1, "06.0")
    + device("e1000e", "port1", "00.0", "romfile=", "multifunction=on")
    + device("nvme", "port1", "00.1", "serial=one"),
    cmdline=INTEL_ON,
    modules=VFIO + STUBS + ["e1000e", "nvme", "lpc_ich", "ahci", "i2c-i801"],
    places={"nic": "05.0", "twin": "05.1", "plain": "05.2", "guest": "06.0/00.0",
            "disk": "06.0/00.1", "host": "00.0", "isa": "1f.0", "sata": "1f.2",
            "smbus": "1f.3"},
    programs=["chipset", "functions", "random-1", "random-2"],
)

SWITCH = Topology(
    name="switch",
    about="a switch without ACS: two downstream ports of one slot share a group with what is "
          "behind them, a third has a group with its own device; Intel IOMMU",
    machine=SPLIT,
    qemu=INTEL
    + root_port(1, "04.0")
    + device("x3130-upstream", "port1", "00.0", "id=up")
    + downstream_port(10, "up", "00.0", "multifunction=on")
    + downstream_port(11, "up", "00.1")
    + downstream_port(12, "up", "01.0")
    + device("e1000e", "port10", "00.0", "romfile=")
    + device("e1000e", "port11", "00.0", "romfile=")
    + device("nvme", "port12", "00.0", "serial=one"),
    cmdline=INTEL_ON,
    modules=VFIO + STUBS + ["e1000e", "nvme"],
    places={"up": "04.0/00.0", "down": "04.0/00.0/00.0", "otherdown": "04.0/00.0/00.1",
            "nic": "04.0/00.0/00.0/00.0", "mate": "04.0/00.0/00.1/00.0",
            "diskport": "04.0/00.0/01.0", "disk": "04.0/00.0/01.0/00.0"},
    programs=["switch-ports", "random-1"],
)

NVME_PF = ("nvme", "serial=one", "subsys=subsystem", "sriov_max_vfs=3", "sriov_vq_flexible=6",
           "sriov_vi_flexible=3", "max_ioqpairs=8", "msix_qsize=9")
SUBSYSTEM = ["-device", "nvme-subsys,id=subsystem,nqn=subsystem"]
SRIOV_PLACES = {"pf": "04.0/00.0", "vf1": "04.0/00.1", "vf2": "04.0/00.2", "nic": "05.0/00.0"}

# nvme is not loaded in these two: its effect on the emulated VFs is not reproducible.
SRIOV = Topology(
    name="sriov",
    about="a physical function and its VFs, each in a separate group; Intel IOMMU",
    machine=SPLIT,
    qemu=INTEL + SUBSYSTEM + behind_port(1, "04.0", *NVME_PF)
    + behind_port(2, "05.0", *nic("e1000e")),
    cmdline=INTEL_ON,
    modules=VFIO + STUBS + ["e1000e"],
    places=SRIOV_PLACES,
    programs=["virtual-functions", "random-1"],
)

SRIOV_SHARED = Topology(
    name="sriov-shared",
    about="a physical function behind a port without ACS: port, PF and VFs are one group, and "
          "vfio-pci may make VFs (enable_sriov); Intel IOMMU",
    machine=SPLIT,
    qemu=INTEL + SUBSYSTEM + root_port(1, "04.0", "disable-acs=on")
    + device(NVME_PF[0], "port1", "00.0", *NVME_PF[1:])
    + behind_port(2, "05.0", *nic("e1000e")),
    cmdline=f"{INTEL_ON} vfio_pci.enable_sriov=1",
    modules=VFIO + STUBS + ["e1000e"],
    places={**SRIOV_PLACES, "port": "04.0"},
    programs=["virtual-functions-shared"],
)

SRIOV_NO_AUTOPROBE = Topology(
    name="sriov-no-autoprobe",
    about="a physical function whose VFs are not probed (sriov_drivers_autoprobe is 0), on a bus "
          "that probes nothing by itself (drivers_autoprobe is 0); Intel IOMMU",
    machine=SPLIT,
    qemu=SRIOV.qemu,
    cmdline=INTEL_ON,
    modules=VFIO + STUBS + ["e1000e"],
    places=SRIOV_PLACES,
    programs=["autoprobe-off"],
    writes=(("/sys/bus/pci/devices/{pf}/sriov_drivers_autoprobe", "0"),
            ("/sys/bus/pci/drivers_autoprobe", "0")),
)

DIRECT_INTEL = Topology(
    name="direct-intel",
    about="a replaced DMAR table demands a direct mapping (RMRR) for the second function of a "
          "card; Intel IOMMU",
    machine=SPLIT,
    qemu=INTEL + PAIR,
    cmdline=INTEL_ON,
    modules=VFIO + STUBS + ["e1000e"],
    places=PAIR_PLACES,
    programs=["direct-regions"],
    tables=(("dmar.aml", firmware.dmar([(0x05, 0), (0x00, 1)])),),
)

DIRECT_AMD = Topology(
    name="direct-amd",
    about="a replaced IVRS table demands a direct mapping (IVMD) for the second function of a "
          "card; AMD IOMMU",
    machine=SPLIT,
    qemu=AMD + PAIR,
    cmdline=PATIENT,
    modules=VFIO + STUBS + ["e1000e"],
    places=PAIR_PLACES,
    programs=["direct-regions"],
    tables=(("ivrs.aml", firmware.ivrs(0x0201)),),
)

VIRTIO = Topology(
    name="virtio-iommu",
    about="virtio-iommu, which isolates no interrupts; unsafe interrupts are allowed",
    machine="",
    qemu=device("virtio-iommu-pci", "pcie.0", "02.0") + PAIR,
    cmdline="vfio_iommu_type1.allow_unsafe_interrupts=1 "
            "iommufd.allow_unsafe_interrupts=1",
    modules=["virtio_pci", "virtio_iommu"] + VFIO + STUBS + ["e1000e"],
    places=PAIR_PLACES,
    programs=["other-iommu", "cdev-pair", "random-1"],
    kernels=VIRTIO_IOMMU_KERNELS,
)

AMD_IOMMU = Topology(
    name="amd-iommu",
    about="an AMD IOMMU with interrupt remapping",
    machine=SPLIT,
    qemu=AMD + PAIR,
    cmdline=PATIENT,
    modules=VFIO + STUBS + ["e1000e"],
    places=PAIR_PLACES,
    programs=["other-iommu", "cdev-pair", "random-1"],
)

NO_REMAPPING = Topology(
    name="no-remapping",
    about="an Intel IOMMU without interrupt remapping",
    machine=SPLIT,
    qemu=INTEL_NO_REMAPPING + PAIR,
    cmdline=INTEL_ON,
    modules=VFIO + STUBS + ["e1000e"],
    places=PAIR_PLACES,
    programs=["unsafe-interrupts"],
)

NO_REMAPPING_ALLOWED = Topology(
    name="no-remapping-allowed",
    about="an Intel IOMMU that can remap interrupts and does not (intremap=off); VFIO's container "
          "allows that, iommufd does not",
    machine=SPLIT,
    qemu=INTEL + PAIR,
    cmdline=f"{INTEL_ON} intremap=off vfio_iommu_type1.allow_unsafe_interrupts=1",
    modules=VFIO + STUBS + ["e1000e"],
    places=PAIR_PLACES,
    programs=["unsafe-interrupts"],
)

NO_IOMMU = Topology(
    name="no-iommu",
    about="no IOMMU at all",
    machine="",
    qemu=PAIR,
    cmdline="",
    modules=VFIO + STUBS + ["e1000e"],
    places=PAIR_PLACES,
    programs=["no-group", "random-1"],
)

NO_IOMMU_MODE = Topology(
    name="no-iommu-mode",
    about="no IOMMU, and VFIO's no-IOMMU mode is on",
    machine="",
    qemu=PAIR,
    cmdline="vfio.enable_unsafe_noiommu_mode=1",
    modules=VFIO + STUBS + ["e1000e"],
    places=PAIR_PLACES,
    programs=["no-iommu-mode"],
    kernels=OWN_KERNEL,
)

PASSTHROUGH = Topology(
    name="passthrough",
    about="identity is the default domain type (iommu=pt); Intel IOMMU",
    machine=SPLIT,
    qemu=INTEL + PAIR,
    cmdline=f"{INTEL_ON} iommu=pt",
    modules=VFIO + STUBS + ["e1000e"],
    places=PAIR_PLACES,
    programs=["other-iommu", "group-type-identity", "cdev-pair"],
)

BYPASS = Topology(
    name="bypass",
    about="a second host bridge that the Intel IOMMU does not serve: a device without a group "
          "beside devices with one; no-IOMMU mode is on where the kernel has it",
    machine=SPLIT,
    qemu=INTEL + PAIR
    + device("pxb-pcie", "pcie.0", "08.0", "id=far", "bus_nr=128", "bypass_iommu=on")
    + device("pcie-root-port", "far", "00.0", "id=farport", "chassis=20", "slot=20")
    + device("e1000e", "farport", "00.0", "romfile="),
    cmdline=f"{INTEL_ON} vfio.enable_unsafe_noiommu_mode=1",
    modules=VFIO + STUBS + ["e1000e"],
    places={**PAIR_PLACES, "bare": "80:00.0/00.0"},
    programs=["no-group-beside"],
)

LOCKDOWN = Topology(
    name="lockdown",
    about="a locked-down kernel; Intel IOMMU",
    machine=SPLIT,
    qemu=INTEL + PAIR,
    cmdline=f"{INTEL_ON} lockdown=confidentiality",
    modules=VFIO + STUBS + ["e1000e"],
    places=PAIR_PLACES,
    programs=["other-iommu"],
    kernels=frozenset(["6.1-bookworm", "6.12-trixie", "7.2-sid"]),
)

VARIANT = Topology(
    name="variant-driver",
    about="a virtio card that a VFIO variant driver matches, beside an ordinary card; Intel IOMMU",
    machine=SPLIT,
    qemu=INTEL + root_port(1, "04.0")
    + device("virtio-net-pci", "port1", "00.0", "romfile=", "disable-legacy=on",
             "multifunction=on")
    + device("e1000e", "port1", "00.1", "romfile="),
    cmdline=INTEL_ON,
    modules=["virtio_pci"] + VFIO + ["virtio_vfio_pci"] + STUBS + ["e1000e"],
    places={"card": "04.0/00.0", "mate": "04.0/00.1"},
    programs=["variant-driver"],
    kernels=OWN_KERNEL,
)

TOPOLOGIES: dict[str, Topology] = {
    topology.name: topology
    for topology in [
        ROOT_PORTS, CONVENTIONAL, HOTPLUG_BRIDGE, MULTIFUNCTION, SWITCH, SRIOV, SRIOV_SHARED,
        SRIOV_NO_AUTOPROBE, DIRECT_INTEL, DIRECT_AMD, VIRTIO, AMD_IOMMU, NO_REMAPPING,
        NO_REMAPPING_ALLOWED, NO_IOMMU, NO_IOMMU_MODE, PASSTHROUGH, BYPASS,
        LOCKDOWN, VARIANT,
    ]
}
