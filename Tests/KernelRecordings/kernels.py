"""The kernels that are recorded: four packages of Debian, one built from source with iommufd."""

import dataclasses
import os
import pathlib
import shutil
import subprocess
import tempfile

from packages import PackageError, Suite, output, unpack

FOLDER = pathlib.Path(__file__).resolve().parent
METAPACKAGE = "linux-image-amd64"


@dataclasses.dataclass(frozen=True)
class KernelSource:
    """Where a kernel comes from; its name starts with the version it has to have."""

    name: str
    suite: str
    fragment: str = ""

    @property
    def number(self):
        """The version as numbers, to compare with."""
        return tuple(int(part) for part in self.name.split("-")[0].split("."))


SOURCES = {source.name: source for source in (
    KernelSource("5.10-bullseye", "bullseye"),
    KernelSource("6.1-bookworm", "bookworm"),
    KernelSource("6.12-trixie", "trixie"),
    KernelSource("7.2-sid", "sid"),
    KernelSource("7.2-iommufd", "sid", fragment="iommufd.config"),
)}


@dataclasses.dataclass(frozen=True)
class Kernel:
    """A kernel in the cache: `vmlinuz`, `config`, `package` and `lib/modules/` in its folder."""

    source: KernelSource
    folder: pathlib.Path

    @property
    def name(self):
        return self.source.name

    @property
    def image(self):
        return self.folder / "vmlinuz"

    @property
    def release(self):
        return next((self.folder / "lib/modules").iterdir()).name

    @property
    def modules(self):
        return self.folder / "lib/modules" / self.release

    @property
    def config(self):
        return (self.folder / "config").read_text()

    @property
    def package(self):
        """Package and version, or what it was built from."""
        return (self.folder / "package").read_text().strip()


def fetch(name, cache):
    """The kernel of that name, from the cache or the mirror."""
    source = SOURCES[name]
    kernel = Kernel(source, cache / "kernels" / name)
    if kernel.folder.exists():
        return kernel
    kernel.folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kernel.folder.parent) as scratch:
        made = pathlib.Path(scratch) / "kernel"
        made.mkdir()
        suite = Suite(source.suite, cache)
        if source.fragment:
            build(suite, source, pathlib.Path(scratch), made)
        else:
            take_apart(suite, source, pathlib.Path(scratch), made)
        try:
            made.rename(kernel.folder)
        except OSError:
            if not kernel.folder.exists():  # not another run that was faster
                raise
    return kernel


def versioned(suite, source, prefix):
    """The package that the metapackage depends on."""
    for package in suite.dependencies(METAPACKAGE):
        if package.startswith(prefix):
            return package
    raise PackageError(f"{METAPACKAGE} of {suite.name} depends on no {prefix}*")


def check_version(source, version):
    """A suite gets new versions; the name of the recordings' folder must be that of the version."""
    wanted = source.name.split("-")[0] + "."
    if not version.startswith(wanted):
        raise PackageError(
            f"{source.suite} has Linux {version}, not {wanted}x: "
            f"rename {source.name} in kernels.py")


def take_apart(suite, source, scratch, made):
    """A stock kernel; from 7.x the image package is empty and depends on its parts."""
    image = versioned(suite, source, "linux-image-")
    release = image.removeprefix("linux-image-")
    parts = [f"linux-{part}-{release}" for part in ("base", "binary", "modules")]
    root = scratch / "root"
    for package in [image] + [part for part in suite.dependencies(image) if part in parts]:
        file, version = suite.download(package)
        check_version(source, version)
        unpack(file, root)
    libraries = next(folder for folder in (root / "lib/modules", root / "usr/lib/modules")
                     if folder.exists())
    boot, beside = root / "boot", libraries / release
    keep(made, libraries, *(
        (boot / f"vmlinuz-{release}", boot / f"config-{release}") if boot.exists()
        else (beside / "vmlinuz", beside / "config")))
    (made / "package").write_text(f"{image} {version} ({source.suite})\n")


def keep(made, libraries, image, config):
    """Keeps what a boot needs, and makes the list of modules, as installing the package would."""
    shutil.copy(image, made / "vmlinuz")
    shutil.copy(config, made / "config")
    (made / "lib").mkdir()
    shutil.move(libraries, made / "lib/modules")
    for link in (made / "lib/modules").glob("*/build"):
        link.unlink()
    output("depmod", "-b", made, next((made / "lib/modules").iterdir()).name)


def build(suite, source, scratch, made):
    """A small kernel from Debian's source: `tinyconfig`, the fragment, and defaults."""
    package = f"linux-source-{source.name.split('-')[0]}"
    file, version = suite.download(package)
    unpack(file, scratch / "source")
    archive = next((scratch / "source/usr/src").glob("linux-source-*.tar.*"))
    output("tar", "-xf", archive, "-C", scratch)
    tree = next(folder for folder in scratch.glob("linux-source-*") if folder.is_dir())
    environment = dict(os.environ, KBUILD_BUILD_TIMESTAMP="1970-01-01",
                       KBUILD_BUILD_USER="recorder", KBUILD_BUILD_HOST="recorder")
    with open(made.parent / "build.log", "w") as log:
        for command in (
            ["make", "tinyconfig"],
            ["scripts/kconfig/merge_config.sh", "-m", ".config", str(FOLDER / source.fragment)],
            ["make", "olddefconfig"],
            ["make", f"-j{os.cpu_count()}", "bzImage", "modules"],
            ["make", f"INSTALL_MOD_PATH={scratch}/installed", "modules_install"],
        ):
            done = subprocess.run(command, cwd=tree, env=environment, stdout=log, stderr=log)
            if done.returncode != 0:
                lines = (made.parent / "build.log").read_text().split("\n")
                raise PackageError(f"{' '.join(command)} failed: " + "\n".join(lines[-20:]))
    keep(made, scratch / "installed/lib/modules", tree / "arch/x86/boot/bzImage", tree / ".config")
    (made / "package").write_text(
        f"built from {package} {version} ({source.suite}) with {source.fragment}\n")
