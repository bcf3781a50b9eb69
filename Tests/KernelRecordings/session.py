"""One boot of a guest: runs operations, tells what each changed, and goes back to the boot state."""

import dataclasses
import itertools
import re

from guest import Answer, Guest
from initramfs import module_name
from program import ProgramError, resolve
from qemu import GuestGone

SETTLES_IN = 100
PCI = "/sys/bus/pci"
# Each capture of a kernel before 5.19 reads all symbols, which takes five seconds here. All those it
# looks for are built in: what the kernel says of them after boot stays true.
KEEP_SYMBOLS = ("grep -E 'iommu|override' /proc/kallsyms > /run/kallsyms; "
                "mount -o bind /run/kallsyms /proc/kallsyms")
WORTH_TELLING = re.compile(
    r"vfio|iommu|DMAR|AMD-Vi|BUG|probe with driver|probe of|SR-IOV|sriov|denylist|blocked|"
    r"Cannot (bind|change)|1:1|Device added to live|default domain")
NOISE = re.compile(r": (resetting|reset done)$")

# The call at which each operation of one write gets its answer.
CALLS = {"bind": "bind", "unbind": "unbind", "override": "driver_override", "probe": "drivers_probe",
         "new-id": "new_id", "remove-id": "remove_id", "numvfs": "sriov_numvfs", "group-type": "type",
         "modprobe": "init_module", "rmmod": "delete_module", "close": "close",
         "open": "open", "open-cdev": "open", "open-node": "open"}
HOLDING = {"open": "open", "open-cdev": "cdev", "open-node": "node"}


@dataclasses.dataclass
class Outcome:
    """An operation, the kernel's answer and everything that changed."""

    operation: str
    answer: Answer
    changes: list = dataclasses.field(default_factory=list)
    ended: list = dataclasses.field(default_factory=list)
    log: list = dataclasses.field(default_factory=list)


class Session:
    """The guest of one boot, and what was done to it since it was last restored."""

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
        """Reads the state again, and remembers drivers for an unbind that comes too late."""
        self.state = self.guest.state()
        for device in self.state.devices.values():
            if device.driver:
                self.last_drivers[device.address] = device.driver
        return self.state

    # Operations

    def perform(self, operation):
        """Runs one operation; a kernel that crashes is an answer."""
        operation = resolve(operation, self.topology, self.state)
        words = operation.split()
        if words[0] not in CALLS:
            raise ProgramError(f"unknown operation {operation}")
        before = self.state
        try:
            answer = self.call(words)
            if answer.verdict == "blocks" and answer.number:
                self.running[answer.number] = (operation, answer.call)
            ended = self.guest.settle(SETTLES_IN)
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
        """What blocked before and has an answer now."""
        found = []
        for number, answer in sorted(ended.items()):
            operation, call = self.running.pop(number)
            found.append((operation, dataclasses.replace(answer, call=call)))
        return found

    def call(self, words):
        """The answer, at the call by which `predict` knows it."""
        verb = words[0]
        if verb in HOLDING:
            name, request = self.holding(words)
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
            path, text = self.write(words)
            answer = self.guest.call(f"write {path} {text}")
        return dataclasses.replace(answer, call=CALLS[verb])

    def write(self, words):
        """The file and the text of an operation that is one write."""
        verb, subject = words[0], words[1]
        if verb in ("new-id", "remove-id"):
            return f"{PCI}/drivers/{subject}/{CALLS[verb]}", words[2].replace(":", " ")
        if verb == "bind":
            return f"{PCI}/drivers/{words[2]}/bind", subject
        if verb == "unbind":
            driver = self.last_drivers.get(subject, "vfio-pci")
            return f"{PCI}/drivers/{driver}/unbind", subject
        if verb == "override":
            return f"{PCI}/devices/{subject}/driver_override", "" if words[2] == "-" else words[2]
        if verb == "probe":
            return f"{PCI}/drivers_probe", subject
        if verb == "numvfs":
            return f"{PCI}/devices/{subject}/sriov_numvfs", words[2]
        return f"/sys/kernel/iommu_groups/{subject}/type", words[2]

    def holding(self, words):
        """The holder and the agent's request; one without a name is the next free userN."""
        if len(words) > 3 and words[-2] == "as":
            subjects, name = words[1:-2], words[-1]
        else:
            subjects = words[1:]
            name = next(name for number in itertools.count(1)
                        if (name := f"user{number}") not in self.holders)
        return name, f"{HOLDING[words[0]]} {name} {' '.join(subjects)}"

    def load(self, name):
        """Loads a module with what it depends on; one that is there already is no error."""
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

    # Back to the boot state

    def restore(self):
        """Undoes what was done; tells what is not as it was after the boot, "" if all is."""
        if not self.done and not self.state.holders and not self.running:
            return self.difference()
        for holder in self.state.holders:
            self.guest.call(f"close {holder}")
        self.endings(self.guest.settle(SETTLES_IN))
        if self.running:
            return "still blocked: " + ", ".join(text for text, _ in self.running.values())
        for words in self.done:
            if words[0] == "numvfs":
                self.guest.call(f"write {PCI}/devices/{words[1]}/sriov_numvfs 0")
        for words in self.done:
            if words[0] == "new-id":
                self.guest.call("write {} {}".format(*self.write(["remove-id", *words[1:]])))
        self.restore_modules()
        self.restore_devices()
        self.done = []
        self.holders.clear()
        self.refresh()
        return self.difference()

    def restore_modules(self):
        """Unloads what came and loads what went."""
        self.refresh()
        for name in self.state.modules:  # newest first
            if name not in self.boot.modules:
                self.guest.call(f"unload {name}")
        for name in reversed(self.boot.modules):
            if name not in self.state.modules:
                self.load(name)

    def restore_devices(self):
        """Overrides cleared, then drivers and group types as they were."""
        for words in self.done:
            if words[0] == "override":
                self.guest.call(f"write {PCI}/devices/{words[1]}/driver_override ")
        state = self.refresh()
        changed = {device.group for device in state.devices.values() if device.group
                   and state.groups.get(device.group) != self.boot.groups.get(device.group)}
        wanted = []
        for address, device in self.boot.devices.items():
            now = state.devices.get(address)
            if now and (now.driver != device.driver or now.group in changed):
                wanted.append(device)
                if now.driver:
                    self.guest.call(f"write {PCI}/drivers/{now.driver}/unbind {address}")
        for group in sorted(changed):
            self.guest.call(
                f"write /sys/kernel/iommu_groups/{group}/type {self.boot.groups.get(group)}")
        for device in wanted:
            if device.driver:
                self.guest.call(f"write {PCI}/drivers/{device.driver}/bind {device.address}")
        self.guest.settle(SETTLES_IN)

    def difference(self):
        """Modules are compared by name only: the order of loading shows nowhere."""
        now, boot = self.state, self.boot
        found = changes(boot, now)
        found += [f"group {group}" for group in now.groups.keys() ^ boot.groups.keys()]
        found += [f"group {group} {kind}" for group, kind in now.groups.items()
                  if boot.groups.get(group, kind) != kind]
        found += [f"module {name}" for name in set(now.modules) ^ set(boot.modules)]
        found += [f"device {address} moved" for address, device in now.devices.items()
                  if address in boot.devices and device.group != boot.devices[address].group]
        found += [f"holder {name}" for name in now.holders]
        return ", ".join(sorted(found))


def changes(before, after):
    """Lines on drivers, nodes and devices that differ, sorted."""
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
