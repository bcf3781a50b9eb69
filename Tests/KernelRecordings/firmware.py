"""ACPI tables that require direct mappings, which the tables of emulated machines do not.

A kernel with CONFIG_ACPI_TABLE_UPGRADE replaces a table of the firmware by one from the start of
its initramfs if signature and maker are the same and the revision is higher.
"""

import pathlib
import struct
import tempfile

from initramfs import pack

FOLDER = "kernel/firmware/acpi"
MAKER = b"BOCHS BXPC    "
REVISION = 2

# Where QEMU's IOMMUs and its IOAPIC are.
INTEL_REGISTERS = 0xFED90000
AMD_REGISTERS = 0xFED80000
AMD_FUNCTION = 0x0008
PLATFORM_BUS = 0xFF
IOAPIC_FUNCTION = 0x00A0

# Inside a range that the firmware reserves, which the kernel requires.
REGION = 0xFED1C000
REGION_SIZE = 0x1000


def table(signature, body):
    """A table with its checksum."""
    header = struct.pack("<4sIBB6s8sI4sI", signature, 36 + len(body), 1, 0, MAKER[:6], MAKER[6:],
                         REVISION, b"BXPC", 1)
    whole = bytearray(header + body)
    whole[9] = -sum(whole) % 256
    return bytes(whole)


def dmar(way):
    """Intel's: one IOMMU for all devices, and a region (RMRR) for the function at the end of `way`.

    `way` is a list of (device, function) from the root bus on.
    """
    ioapic = struct.pack("<BBHBBBB", 3, 8, 0, 0, PLATFORM_BUS, 0, 0)
    unit = struct.pack("<HHBBHQ", 0, 16 + len(ioapic), 1, 0, 0, INTEL_REGISTERS) + ioapic
    scope = struct.pack("<BBHBB", 1, 6 + 2 * len(way), 0, 0, 0) + bytes(
        number for step in way for number in step)
    region = struct.pack("<HHHHQQ", 1, 24 + len(scope), 0, 0, REGION,
                         REGION + REGION_SIZE - 1) + scope
    width, interrupt_remapping = 47, 1
    return table(b"DMAR", struct.pack("<BB10x", width, interrupt_remapping) + unit + region)


def ivrs(function):
    """AMD's: one IOMMU for all devices, and a region (IVMD) for the function of this number."""
    entries = struct.pack("<BHB", 1, 0, 0) + struct.pack(
        "<BHBBHB", 0x48, 0, 0, 0, IOAPIC_FUNCTION, 1)
    unit = struct.pack("<BBHHHQHHI", 0x10, 0xD1, 24 + len(entries), AMD_FUNCTION, 0x40,
                       AMD_REGISTERS, 0, 0, 0x44) + entries
    unity_read_write = 7
    region = struct.pack("<BBHHHQQQ", 0x21, unity_read_write, 32, function, 0, 0, REGION,
                         REGION_SIZE)
    return table(b"IVRS", struct.pack("<I8x", 0x2800) + unit + region)


def image_with(tables, image, folder):
    """A file in `folder`: these tables, (name, content) each, followed by the initramfs."""
    if not tables:
        return image
    file = pathlib.Path(folder) / "initramfs-with-tables"
    with tempfile.TemporaryDirectory(dir=folder) as root:
        place = pathlib.Path(root) / "tree" / FOLDER
        place.mkdir(parents=True)
        for name, content in tables:
            (place / name).write_bytes(content)
        archive = pathlib.Path(root) / "archive"
        pack(pathlib.Path(root) / "tree", archive)
        file.write_bytes(archive.read_bytes() + pathlib.Path(image).read_bytes())
    return file
