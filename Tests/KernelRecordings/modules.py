"""Loading modules in the guest as modprobe does: with their dependencies and options."""

from initramfs import UNPACK, module_name
import pathlib


class Modules:
    """The modules of one kernel, by name."""

    def __init__(self, kernel, command_line):
        self.folder = f"/lib/modules/{kernel.release}"
        self.paths = {}
        for line in (kernel.modules / "modules.dep").read_text().split("\n"):
            path, _, rest = line.partition(":")
            if path:
                self.paths[module_name(path)] = [path, *rest.split()]
        self.built_in = {module_name(line)
                         for line in (kernel.modules / "modules.builtin").read_text().split("\n")}
        self.options = {}
        for word in command_line.split():
            option, equals, value = word.partition("=")
            module, dot, parameter = option.partition(".")
            if equals and dot:
                self.options.setdefault(module_name(module), []).append(f"{parameter}={value}")

    def exists(self, name):
        """Whether the kernel has it as a loadable module."""
        return module_name(name) in self.paths

    def is_built_in(self, name):
        return module_name(name) in self.built_in

    def loads(self, name):
        """The requests that load it, its dependencies first."""
        requests = []
        for path in reversed(self.paths[module_name(name)]):
            suffix = pathlib.PurePath(path).suffix
            plain = path.removesuffix(suffix) if suffix in UNPACK else path
            options = " ".join(self.options.get(module_name(path), []))
            requests.append(f"load {self.folder}/{plain} {options}".strip())
        return requests
