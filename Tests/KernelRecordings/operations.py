"""Operations of the `predict` grammar as requests to the agent."""

import itertools

from program import ProgramError

PCI = "/sys/bus/pci"

# The call that answers each operation, if one call does.
CALLS = {
    "bind": "bind", "unbind": "unbind", "override": "driver_override", "probe": "drivers_probe",
    "new-id": "new_id", "remove-id": "remove_id", "numvfs": "sriov_numvfs", "group-type": "type",
    "modprobe": "init_module", "rmmod": "delete_module",
    "open": "open", "open-cdev": "open", "open-node": "open", "close": "close",
}
# The agent's names of operations that hold files open.
HOLDING = {"open": "open", "open-cdev": "cdev", "open-node": "node"}


def bind(driver, address):
    return f"write {PCI}/drivers/{driver}/bind {address}"


def unbind(driver, address):
    return f"write {PCI}/drivers/{driver}/unbind {address}"


def override(address, driver=""):
    """Without a driver, an empty line, which clears it."""
    return f"write {PCI}/devices/{address}/driver_override {driver}"


def dynamic_id(file, driver, identity):
    return f"write {PCI}/drivers/{driver}/{file} {identity.replace(':', ' ')}"


def virtual_functions(address, count):
    return f"write {PCI}/devices/{address}/sriov_numvfs {count}"


def group_type(group, kind):
    return f"write /sys/kernel/iommu_groups/{group}/type {kind}"


def write(words, last_drivers):
    """The request for an operation that is one write."""
    verb, subject, *rest = words
    if verb == "bind":
        return bind(rest[0], subject)
    if verb == "unbind":
        return unbind(last_drivers.get(subject, "vfio-pci"), subject)
    if verb == "override":
        return override(subject, "" if rest[0] == "-" else rest[0])
    if verb == "probe":
        return f"write {PCI}/drivers_probe {subject}"
    if verb in ("new-id", "remove-id"):
        return dynamic_id(CALLS[verb], subject, rest[0])
    if verb == "numvfs":
        return virtual_functions(subject, rest[0])
    if verb == "group-type":
        return group_type(subject, rest[0])
    raise ProgramError(f"unknown operation {' '.join(words)}")


def holding(words, holders):
    """The holder and the request; without a name it is the next free userN, as in `predict`."""
    if len(words) > 3 and words[-2] == "as":
        subjects, name = words[1:-2], words[-1]
    else:
        subjects = words[1:]
        name = next(name for number in itertools.count(1)
                    if (name := f"user{number}") not in holders)
    return name, f"{HOLDING[words[0]]} {name} {' '.join(subjects)}"
