"""One initramfs for each kernel: busybox, modules, the agent as /init, and vfio-preflight."""

import contextlib
import gzip
import hashlib
import lzma
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

from packages import output

FOLDER = pathlib.Path(__file__).resolve().parent
AGENT = FOLDER / "agent"
BUSYBOX = pathlib.Path("/bin/busybox")
KEPT_FOR = 24 * 3600  # another run may use an image of another build of the tool
COMMANDS = ("sh", "modprobe", "gzip", "rm", "grep", "mount")

# The modules that topologies and programs load, without their dependencies. A module that a kernel
# does not have, or has built in, is left out.
MODULES = """
    vfio vfio_pci vfio_iommu_type1 iommufd virtio_iommu virtio_vfio_pci
    pci_stub pci_pf_stub uio_pci_generic
    e1000 e1000e igb igbvf nvme ahci snd_hda_intel lpc_ich i2c_i801 virtio_pci virtio_net
""".split()

DEPMOD_INPUTS = ("modules.order", "modules.builtin", "modules.builtin.modinfo")
UNPACK = {".xz": lzma.decompress, ".gz": gzip.decompress}


def initramfs(kernel, tool, cache):
    """The file for this kernel and this build of the tool; made once, complete or not at all."""
    parts = [*AGENT.iterdir(), FOLDER / "initramfs.py", tool, BUSYBOX, kernel.image]
    digest = hashlib.sha256()
    for part in sorted(parts):
        digest.update(hashlib.sha256(part.read_bytes()).digest())
    folder = cache / "initramfs"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{kernel.name}-{digest.hexdigest()[:16]}.cpio"
    if not file.exists():
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            root = pathlib.Path(scratch) / "root"
            fill(root, kernel, tool)
            pack(root, pathlib.Path(scratch) / "cpio")
            os.replace(pathlib.Path(scratch) / "cpio", file)
    file.touch()
    for old in folder.glob("*.cpio"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - old.stat().st_mtime > KEPT_FOR:
                old.unlink()
    return file


def fill(root, kernel, tool):
    """The directory tree of the guest."""
    for name in ("bin", "sbin", "lib", "lib64"):
        (root / "usr" / name).mkdir(parents=True)
        (root / name).symlink_to(f"usr/{name}")
    for name in ("dev", "proc", "sys", "tmp", "run", "boot"):
        (root / name).mkdir()
    output("gcc", "-std=gnu17", "-O2", "-static", "-o", root / "init",
           *sorted(AGENT.glob("*.c")))
    shutil.copy(BUSYBOX, root / "bin/busybox")
    for command in COMMANDS:
        (root / "bin" / command).symlink_to("busybox")
    (root / "sbin/modprobe").symlink_to("/bin/busybox")
    copy_program(root, tool)
    copy_modules(root / "lib/modules" / kernel.release, kernel.modules)
    output("depmod", "-b", root, kernel.release)
    place = root / "lib/modules" / kernel.release / "config"
    if not (kernel.modules / "config").exists():
        place = root / "boot" / f"config-{kernel.release}"
    place.write_text(kernel.config)


def copy_program(root, tool):
    """The tool with the loader and the libraries that `ldd` lists, at their places."""
    shutil.copy(tool, root / "bin/vfio-preflight")
    for line in output("ldd", tool).split("\n"):
        for word in line.split():
            if word.startswith("/"):
                copy = root / word.lstrip("/")
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(os.path.realpath(word), copy)


def module_name(path):
    """The name of a module by its file: dashes are underscores."""
    return pathlib.PurePath(path).name.split(".ko")[0].replace("-", "_")


def copy_modules(target, source):
    """The modules and what they depend on, unpacked: finit_module takes them as they are."""
    needs = {}
    for line in (source / "modules.dep").read_text().split("\n"):
        path, _, rest = line.partition(":")
        if path:
            needs[module_name(path)] = [path, *rest.split()]
    for wanted in MODULES:
        for path in needs.get(wanted, ()):
            suffix = pathlib.PurePath(path).suffix
            plain = target / (path.removesuffix(suffix) if suffix in UNPACK else path)
            plain.parent.mkdir(parents=True, exist_ok=True)
            plain.write_bytes(UNPACK.get(suffix, bytes)((source / path).read_bytes()))
    for name in DEPMOD_INPUTS:
        if (source / name).exists():
            shutil.copy(source / name, target / name)


def pack(root, file):
    """An uncompressed archive; the same tree gives the same archive."""
    names = sorted(str(path.relative_to(root)) for path in root.rglob("*"))
    with open(file, "wb") as archive:
        subprocess.run(
            ["cpio", "--quiet", "--create", "--format=newc", "--owner=0:0", "--reproducible"],
            cwd=root, stdout=archive, check=True, input="\n".join(names).encode())
