"""Debian packages of any suite, through a private apt configuration; nothing is installed."""

import pathlib
import subprocess
import time

KEYRING = pathlib.Path("/usr/share/keyrings/debian-archive-keyring.gpg")
LISTS_ARE_FRESH_FOR = 24 * 3600


class PackageError(Exception):
    """A command of apt or dpkg failed."""


def output(*command, environment=None, cwd=None):
    """Standard output of a command that must succeed."""
    done = subprocess.run(
        [str(word) for word in command], env=environment, cwd=cwd, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise PackageError(f"{command[0]} {command[1]} failed: {done.stderr.strip()}")
    return done.stdout


def mirror():
    """The Debian mirror that this machine's apt uses; `indextargets` knows every file format."""
    fields = "$(REPO_URI) $(LABEL) $(COMPONENT)"
    shown = output("apt-get", "indextargets", "--format", fields, "Created-By: Packages")
    for line in shown.split("\n"):
        words = line.split()
        if len(words) == 3 and words[1:] == ["Debian", "main"]:
            return words[0]
    raise PackageError("apt has no Debian mirror configured")


class Suite:
    """One suite of the mirror, with separate lists and downloads below the cache."""

    def __init__(self, name, cache):
        self.name = name
        self.folder = cache / "apt" / name
        self.environment = None

    def configure(self):
        """Writes the private configuration and fetches the package lists once a day."""
        for folder in ("lists/partial", "cache/archives/partial", "packages"):
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
        signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
        (self.folder / "sources.list").write_text(f"deb {signed}{mirror()} {self.name} main\n")
        configuration = self.folder / "apt.conf"
        configuration.write_text(
            f'Dir::Etc::SourceList "{self.folder}/sources.list";\n'
            'Dir::Etc::SourceParts "/dev/null";\n'
            'Dir::Etc::Preferences "/dev/null";\n'
            'Dir::Etc::PreferencesParts "/dev/null";\n'
            f'Dir::State::Lists "{self.folder}/lists";\n'
            f'Dir::Cache "{self.folder}/cache";\n'
            'Acquire::Languages "none";\n')
        self.environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C",
                            "APT_CONFIG": str(configuration)}
        stamp = self.folder / "updated"
        if not stamp.exists() or time.time() - stamp.stat().st_mtime > LISTS_ARE_FRESH_FOR:
            output("apt-get", "-qq", "update", environment=self.environment)
            stamp.touch()

    def dependencies(self, package):
        """The names that a package depends on, versions and alternatives left out."""
        if self.environment is None:
            self.configure()
        shown = output(
            "apt-cache", "depends", "--important", package, environment=self.environment)
        return [line.split()[1] for line in shown.split("\n") if line.startswith("  Depends: ")]

    def download(self, package):
        """The package file and its version."""
        if self.environment is None:
            self.configure()
        shown = output("apt-cache", "show", "--no-all-versions", package,
                       environment=self.environment)
        version = next(line.split()[1] for line in shown.split("\n")
                       if line.startswith("Version: "))
        packages = self.folder / "packages"
        pattern = f"{package}_{version.replace(':', '%3a')}_*.deb"
        if not list(packages.glob(pattern)):
            output("apt-get", "-qq", "download", package, environment=self.environment,
                   cwd=packages)
        return next(packages.glob(pattern)), version


def unpack(package, folder):
    """Unpacks a package file, without its scripts."""
    folder.mkdir(parents=True, exist_ok=True)
    output("dpkg-deb", "--extract", package, folder)
