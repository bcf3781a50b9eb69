"""One boot of a guest: runs operations and finds what each changed."""

import dataclasses
import re

from guest import Answer, Guest
from initramfs import module_name
from operations import CALLS, HOLDING, holding, write
from program import resolve
from qemu import GuestGone

SETTLES_IN = 100
# Each capture of a kernel before 5.19 reads all symbols, which takes five seconds here. Those that
# it looks for are built in, so their list does not change after boot.
KEEP_SYMBOLS = ("grep -E 'iommu|override' /proc/kallsyms > /run/kallsyms; "
                "mount -o bind /run/kallsyms /proc/kallsyms")
WORTH_TELLING = re.compile(
    r"vfio|iommu|DMAR|AMD-Vi|BUG|probe with driver|probe of|SR-IOV|sriov|denylist|blocked|"
    r"Cannot (bind|change)|1:1|Device added to live|default domain")
NOISE = re.compile(r": (resetting|reset done)$")


@dataclasses.dataclass
class Outcome:
    """An operation, the kernel's answer and everything that changed."""

    operation: str
    answer: Answer
    changes: list = dataclasses.field(default_factory=list)
    ended: list = dataclasses.field(default_factory=list)
    log: list = dataclasses.field(default_factory=list)


class Session:
    """The guest of one boot, and the operations since it was last in the state after boot."""

    def __init__(self, machine, topology, modules):
        self.machine = machine
        self.topology = topology
        self.modules = modules
        self.guest = Guest(machine)
        self.last_drivers = {}
        self.done = []
        self.running = {}
        self.holders = set()
        for name in topology.modules:
            if modules.exists(name):
                self.load(name)
        self.state = self.guest.state()
        for path, text in topology.writes:
            self.guest.call(f"write {resolve(path, topology, self.state)} {text}")
        self.guest.settle(1000)
        self.guest.shell(KEEP_SYMBOLS)
        self.boot = self.refresh()

    def refresh(self):
        """Reads the state again, and remembers drivers for an unbind of a device that has none."""
        self.state = self.guest.state()
        for device in self.state.devices.values():
            if device.driver:
                self.last_drivers[device.address] = device.driver
        return self.state

    def perform(self, operation):
        """Runs one operation; a kernel that crashes is an answer."""
        operation = resolve(operation, self.topology, self.state)
        words = operation.split()
        before = self.state
        try:
            answer = self.call(words)
            if answer.verdict == "blocks" and answer.number:
                self.running[answer.number] = (operation, answer.call)
            ended = self.guest.settle(SETTLES_IN, released=words[0] == "close")
            after = self.refresh()
        except GuestGone as gone:
            if self.machine.crash() is None:
                raise
            return Outcome(operation, Answer("crashes", call=CALLS[words[0]]), log=[str(gone)])
        if answer.verdict == "accepted":
            self.done.append(words)
        return Outcome(operation, answer, changes(before, after), self.endings(ended),
                       [line for line in after.log
                        if WORTH_TELLING.search(line) and not NOISE.search(line)])

    def endings(self, ended):
        """The operations that blocked before and have an answer now."""
        found = []
        for number, answer in sorted(ended.items()):
            operation, call = self.running.pop(number)
            words = operation.split()
            if answer.verdict == "accepted":
                self.done.append(words)
            if words[0] not in HOLDING:
                answer = dataclasses.replace(answer, call=call)
            found.append((operation, answer))
        return found

    def call(self, words):
        """The answer, with the call that `predict` names."""
        verb = words[0]
        if verb in HOLDING:
            name, request = holding(words, self.holders)
            answer = self.guest.call(request)
            if answer.verdict != "refused":
                self.holders.add(name)
            return answer
        if verb == "close":
            self.holders.discard(words[1])
            answer = self.guest.call(f"close {words[1]}")
        elif verb == "modprobe":
            answer = self.load(words[1])
        elif verb == "rmmod":
            answer = self.guest.call(f"unload {module_name(words[1])}")
        else:
            answer = self.guest.call(write(words, self.last_drivers))
        return dataclasses.replace(answer, call=CALLS[verb])

    def load(self, name):
        """Loads a module and its dependencies; one that is already loaded is not an error."""
        if self.modules.is_built_in(name):
            return Answer("accepted")
        if not self.modules.exists(name):
            return Answer("refused", "ENOENT", "init_module")
        for request in self.modules.loads(name):
            answer = self.guest.call(request)
            if answer.verdict == "refused" and answer.errno == "EEXIST":
                answer = Answer("accepted")
            if answer.verdict != "accepted":
                return answer
        return answer


def changes(before, after):
    """A line for each driver, node and device that differs, sorted."""
    lines = []
    for address in sorted(set(before.devices) | set(after.devices)):
        old, new = before.devices.get(address), after.devices.get(address)
        if old is None or new is None:
            lines.append(f"device {'-' if new is None else '+'} {address}")
        if new and new.driver != (old.driver if old else ""):
            lines.append(f"driver {address} {new.driver or '-'}")
    for node in sorted(set(before.nodes) ^ set(after.nodes)):
        lines.append(f"node {'+' if node in after.nodes else '-'} {node}")
    return lines
