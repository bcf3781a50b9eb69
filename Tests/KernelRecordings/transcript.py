"""The text of a recording: host.snapshot, NAME.steps and about.txt."""

import os
import re

import qemu

HEADER = "vfio-preflight-recording 1"
CONFIGURATION = re.compile(
    r"CONFIG_(VFIO\w*|IOMMUFD\w*|KALLSYMS|INTEL_IOMMU\w*|AMD_IOMMU\w*|VIRTIO_IOMMU|"
    r"IOMMU_DEFAULT_\w+|IRQ_REMAP|PCI_STUB|PCI_PF_STUB|PCI_IOV|HOTPLUG_PCI_SHPC|\w*VFIO_PCI)=.*")


def path_of(line):
    """The path of a line of a snapshot."""
    return line.split(" ", 1)[0].removesuffix("/")


def delta(host, capture):
    """The lines that turn the host's snapshot into the capture, sorted by path, `-` before `+`."""
    old, new = set(host), set(capture)
    lines = [("- ", line) for line in host if line not in new]
    lines += [("+ ", line) for line in capture if line not in old]
    lines.sort(key=lambda pair: (path_of(pair[1]), pair[0] == "+ "))
    return [sign + line for sign, line in lines]


def answer_text(answer):
    words = [answer.verdict, answer.errno, "" if answer.verdict == "accepted" else answer.call]
    return " ".join(word for word in words if word)


class Transcript:
    """The lines of one program's recording."""

    def __init__(self):
        self.lines = [HEADER]

    def begin(self, sequence, prepared, changed):
        """Begins a sequence: the operations before its capture, and how the capture differs."""
        self.lines += ["", f"sequence {sequence.name}"]
        self.lines += [f"case {case}" for case in sequence.cases]
        if sequence.about:
            self.lines.append(f"about {sequence.about}")
        self.lines += [f"prepared {operation}" for operation in prepared]
        self.lines += changed

    def add(self, outcome):
        self.lines += [f"do {outcome.operation}", f"answer {answer_text(outcome.answer)}"]
        self.lines += [f"ended {operation}: {answer_text(answer)}"
                       for operation, answer in outcome.ended]
        self.lines += outcome.changes
        self.lines += [f"log {ascii_text(line)}" for line in outcome.log]

    @property
    def text(self):
        return "\n".join(self.lines) + "\n"


def ascii_text(line):
    return line.encode("ascii", "backslashreplace").decode("ascii")


def about(kernel, topology, version, state):
    """The text of about.txt: what was recorded, and on which machine."""
    lines = [
        f"kernel release: {kernel.release}",
        f"kernel version: {version.strip()}",
        f"kernel source: {kernel.package}",
        f"topology: {topology.about}",
        f"emulator: {qemu.version()}",
        f"emulator arguments: {' '.join(qemu.arguments(topology))}",
        f"kernel command line: {qemu.command_line(topology)}",
        f"modules loaded at boot: {' '.join(topology.modules)}",
    ]
    lines += [f"written at boot: {path} {text}" for path, text in topology.writes]
    for alias, place in topology.places.items():
        device = state.at(place)
        shown = "not there at boot"
        if device:
            group = f"group {device.group}" if device.group else "no group"
            shown = f"{device.address}, {device.identity}, {group}"
        lines.append(f"device {alias}: {place} = {shown}")
    found = [line for line in kernel.config.split("\n") if CONFIGURATION.fullmatch(line)]
    lines += [f"configuration: {line}" for line in sorted(found)]
    return "\n".join(lines) + "\n"


def replace(file, text):
    """Replaces a file in one step."""
    scratch = file.with_name(f".{file.name}.{os.getpid()}")
    scratch.write_text(text, "ascii")
    scratch.replace(file)
