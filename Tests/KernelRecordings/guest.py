"""Requests to the agent in the guest, and its answers as values."""

import dataclasses
import errno
import gzip
import time

from qemu import GuestSilent

BOOTS_WITHIN = 240
ANSWERS_WITHIN = 60
SCRIPTS_WITHIN = 120


@dataclasses.dataclass(frozen=True)
class Answer:
    """How a call ended: `accepted`, `refused` with an errno, `blocks` with a number."""

    verdict: str
    errno: str = ""
    call: str = ""
    number: int = 0

    @staticmethod
    def parse(words):
        if words[0] == "ok":
            return Answer("accepted")
        if words[0] == "error":
            return Answer("refused", errno_name(int(words[1])), words[2])
        return Answer("blocks", number=int(words[1]), call=words[2])


def errno_name(number):
    """The name, such as EAGAIN; for errors that are internal to the kernel, E and the number."""
    return errno.errorcode.get(number, f"E{number}")


def place(parts):
    """Device and function of each part; the first also with its root bus, 00 if it has none."""
    first = parts[0].split(":")
    bus = f"{int(first[-2], 16):02x}" if len(first) > 1 else "00"
    return "/".join([f"{bus}:{first[-1]}", *(part.split(":")[-1] for part in parts[1:])])


@dataclasses.dataclass(frozen=True)
class Device:
    """A PCI function; `driver` and `group` are empty without one."""

    address: str
    path: str
    driver: str
    group: str
    vendor: str
    device: str
    class_code: str

    @property
    def identity(self):
        return f"{self.vendor[2:]}:{self.device[2:]}"

    @property
    def place(self):
        """Its device.function chain below the root bus: bus numbers differ between kernels."""
        return place(self.path.split("/")[4:])


@dataclasses.dataclass
class State:
    """Everything in the guest that an operation may change."""

    devices: dict = dataclasses.field(default_factory=dict)
    groups: dict = dataclasses.field(default_factory=dict)
    nodes: list = dataclasses.field(default_factory=list)
    modules: list = dataclasses.field(default_factory=list)
    holders: list = dataclasses.field(default_factory=list)
    pending: list = dataclasses.field(default_factory=list)
    log: list = dataclasses.field(default_factory=list)

    def at(self, where):
        """The device at a place, `04.0/00.0`."""
        wanted = place(where.split("/"))
        return next((device for device in self.devices.values() if device.place == wanted), None)


class Guest:
    """The agent behind a machine's channel."""

    def __init__(self, machine):
        self.machine = machine
        deadline = time.monotonic() + BOOTS_WITHIN
        while machine.line(deadline) != "ready":
            pass

    def ask(self, request, within=ANSWERS_WITHIN):
        """The lines of an answer, without its end."""
        self.machine.send(request)
        deadline = time.monotonic() + within
        lines = []
        while (line := self.machine.line(deadline)) != ".":
            lines.append(line)
        return lines

    def call(self, request):
        """A request that answers in one line."""
        return Answer.parse(self.ask(request)[0].split())

    def settle(self, milliseconds, released=False):
        """Waits in the guest; longer if something was closed that other requests may wait for.

        Returns the requests that blocked before and have ended since, by number.
        """
        ended = {}
        for line in self.ask(f"{'release' if released else 'settle'} {milliseconds}"):
            words = line.split()
            ended[int(words[1])] = Answer.parse(words[2:])
        return ended

    def state(self):
        state = State()
        for line in self.ask("state"):
            kind, _, rest = line.partition(" ")
            words = ["" if word == "-" else word for word in rest.split()]
            if kind == "device":
                state.devices[words[0]] = Device(*words)
            elif kind == "group":
                state.groups[words[0]] = words[1] if len(words) > 1 else ""
            elif kind == "node":
                state.nodes.append(words[0])
            elif kind == "module":
                state.modules.append(words[0])
            elif kind == "holder":
                state.holders.append(words[0])
            elif kind == "pending":
                state.pending.append(int(words[0]))
            elif kind == "log":
                state.log.append(rest)
        return state

    def data(self, path):
        """The bytes of a file whose read cannot block; None if it cannot be read."""
        self.machine.send(f"get {path}")
        deadline = time.monotonic() + ANSWERS_WITHIN
        kind, _, rest = self.machine.line(deadline).partition(" ")
        content = self.machine.bytes(int(rest), deadline) if kind == "data" else None
        while self.machine.line(deadline) != ".":
            pass
        return content

    def text(self, path):
        """A small file as text, "" if it cannot be read."""
        return (self.data(path) or b"").decode("ascii", "replace")

    def shell(self, script):
        """Runs a script, which must succeed."""
        if self.ask(f"shell {script}", SCRIPTS_WITHIN) != ["ok"]:
            raise GuestSilent(f"{script}: {self.text('/run/shell.log')}")

    def capture(self):
        """The lines of `vfio-preflight snapshot` of the guest."""
        self.shell("rm -f /run/capture.gz; "
                   "vfio-preflight snapshot -o /run/capture --force && gzip -f /run/capture")
        return gzip.decompress(self.data("/run/capture.gz")).decode("utf-8").split("\n")[:-1]
