"""Records one topology on one kernel."""

import contextlib
import pathlib
import sys
import tempfile

import firmware
import program
import qemu
import transcript
from initramfs import initramfs
from modules import Modules
from restore import restore
from session import Session

TRIES = 3


class NotRestored(Exception):
    """The capture shows a device that is not as after boot, without an operation on it."""


def note(text):
    print(text, file=sys.stderr, flush=True)


class Recorder:
    """Records programs, and boots again whenever the state after boot cannot be restored."""

    def __init__(self, kernel, topology, tool, cache):
        self.kernel = kernel
        self.topology = topology
        self.image = initramfs(kernel, tool, cache)
        self.modules = Modules(kernel, qemu.command_line(topology))
        self.session = None
        self.machine = contextlib.ExitStack()
        self.host = None
        self.about = ""
        self.faults = []
        self.steps = 0
        self.boots = 0

    def __enter__(self):
        self.scratch = tempfile.TemporaryDirectory(prefix="vfio-preflight-recorder-")
        self.image = firmware.image_with(self.topology.tables, self.image, self.scratch.name)
        return self

    def __exit__(self, *_):
        self.machine.close()
        self.scratch.cleanup()

    def boot(self):
        """Boots a machine; the first one's capture is the host that others are compared with."""
        for attempt in range(1, TRIES + 1):
            try:
                self.start()
                break
            except (qemu.GuestGone, qemu.GuestSilent) as error:
                # On a busy machine an emulated timer may be too late for the kernel.
                if attempt == TRIES:
                    raise
                note(f"  booting again, because the kernel did not start: {error}")
        if self.host is None:
            self.host = self.session.guest.capture()
            version = self.session.guest.text("/proc/version")
            self.about = transcript.about(self.kernel, self.topology, version, self.session.boot)

    def start(self):
        self.machine.close()
        self.session = None
        self.boots += 1
        console = pathlib.Path(self.scratch.name) / f"console-{self.boots}"
        machine = self.machine.enter_context(
            qemu.VirtualMachine(self.kernel, self.image, self.topology, console))
        self.session = Session(machine, self.topology, self.modules)

    def ready(self):
        """A session in its boot state."""
        if self.session is not None:
            difference = restore(self.session)
            if not difference:
                return self.session
            note(f"  booting again, because this is not as after boot: {difference}")
        self.boot()
        return self.session

    def record(self, name):
        """One program's transcript."""
        written = transcript.Transcript()
        for sequence in program.sequences(name, self.topology, self.ready().boot):
            if not sequence.runs_on(self.kernel.source):
                continue
            for attempt in range(1, TRIES + 1):
                mark = len(written.lines)
                try:
                    self.run(sequence, written)
                    break
                except program.ProgramError as error:
                    fault = f"{name}: {sequence.name}: {error}"
                except (qemu.GuestGone, qemu.GuestSilent, NotRestored) as error:
                    fault = f"{name}: {sequence.name}: {error}"
                    self.session = None
                del written.lines[mark:]
                if self.session is not None or attempt == TRIES:
                    self.faults.append(fault)
                    note(f"  FAULT {fault}")
                    break
        return written

    def run(self, sequence, written):
        """Prepares, captures, then does the operations until the kernel crashes."""
        session = self.ready()
        prepared = []
        for operation in sequence.prepare:
            outcome = session.perform(operation)
            if outcome.answer.verdict not in ("accepted", "blocks"):
                raise program.ProgramError(
                    f"prepare {outcome.operation}: {transcript.answer_text(outcome.answer)}")
            prepared.append(outcome.operation)
        changed = transcript.delta(self.host, session.guest.capture())
        if not sequence.prepare:
            check(changed)
        written.begin(sequence, prepared, changed)
        for operation in sequence.operations:
            outcome = session.perform(operation)
            written.add(outcome)
            self.steps += 1
            if outcome.answer.verdict == "crashes":
                self.session = None
                return


def check(changed):
    """A sequence that prepares nothing has to begin with the drivers and overrides of the boot."""
    found = [line for line in changed
             if transcript.path_of(line[2:]).endswith(("/driver", "/driver_override"))]
    if found:
        raise NotRestored("not as after boot: " + ", ".join(found))
