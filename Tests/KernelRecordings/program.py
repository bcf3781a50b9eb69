"""Programs: sequences of operations in the grammar of `vfio-preflight predict`, with aliases."""

import dataclasses
import importlib.util
import operator
import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parent / "programs"
RANDOM_PREFIX = "random-"
RANDOM_STEPS = 60
COMPARISONS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}
COMPARISON = re.compile(r"(>=|<=|>|<)([0-9.]+)")


class ProgramError(Exception):
    """A program names something that cannot be done."""


@dataclasses.dataclass
class Sequence:
    """Operations that run one after the other, beginning in the state after boot."""

    name: str
    operations: list
    prepare: list = dataclasses.field(default_factory=list)
    cases: list = dataclasses.field(default_factory=list)
    about: str = ""
    kernels: list = dataclasses.field(default_factory=list)

    def runs_on(self, source):
        """Whether all comparisons hold, and the kernel is one of the names if names are given."""
        names = []
        for condition in self.kernels:
            found = COMPARISON.fullmatch(condition)
            if not found:
                names.append(condition)
                continue
            limit = tuple(int(part) for part in found[2].split("."))
            if not COMPARISONS[found[1]](source.number, limit):
                return False
        return not names or source.name in names


@dataclasses.dataclass(frozen=True)
class DeviceFacts:
    """What a random program knows about a device: its state after boot."""

    alias: str
    address: str
    identity: str
    group: str
    driver: str
    class_code: str
    siblings: tuple
    place: str


def sequences(name, topology, state):
    """The sequences of a program file, or of the random generator for `random-SEED`."""
    if name.startswith(RANDOM_PREFIX):
        seed = int(name.removeprefix(RANDOM_PREFIX))
        return generator().generate(topology.name, facts(topology, state), seed, RANDOM_STEPS)
    return parse((FOLDER / f"{name}.program").read_text(), name)


def generator():
    """programs/random.py, by its path, since the standard library has a module of that name."""
    place = importlib.util.spec_from_file_location("random_programs", FOLDER / "random.py")
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


def facts(topology, state):
    """The devices that have an alias and are present."""
    found = {alias: device for alias, place in topology.places.items()
             if (device := state.at(place))}
    return [
        DeviceFacts(
            alias, device.address, device.identity, device.group, device.driver,
            device.class_code,
            tuple(other for other, sibling in found.items()
                  if other != alias and device.group and sibling.group == device.group),
            topology.places[alias])
        for alias, device in found.items()]


def parse(text, name):
    """Reads a program file: a line starts with a keyword or is an operation."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        words = line.split("#")[0].split()
        if not words:
            continue
        keyword, rest = words[0], " ".join(words[1:])
        if keyword == "sequence":
            found.append(Sequence(rest, []))
        elif not found:
            raise ProgramError(f"{name}:{number}: no sequence yet")
        elif keyword == "case":
            found[-1].cases.append(rest)
        elif keyword == "about":
            found[-1].about = rest
        elif keyword == "kernels":
            found[-1].kernels += words[1:]
        elif keyword == "prepare":
            found[-1].prepare.append(rest)
        else:
            found[-1].operations.append(" ".join(words))
    names = [sequence.name for sequence in found]
    for sequence in found:
        if names.count(sequence.name) > 1 and not sequence.kernels:
            raise ProgramError(f"{name}: two sequences {sequence.name}")
    return found


def resolve(operation, topology, state):
    """The operation with addresses, group numbers and ids in place of aliases."""
    def replace(found):
        alias, _, part = found[1].partition(".")
        place = topology.places.get(alias)
        device = state.at(place) if place else None
        if device is None:
            raise ProgramError(f"{operation}: {alias} is not present")
        value = {"": device.address, "group": device.group, "id": device.identity}.get(part)
        if not value:
            raise ProgramError(f"{operation}: {alias} has no {part}")
        return value
    return re.sub(r"\{([^}]*)\}", replace, operation)
