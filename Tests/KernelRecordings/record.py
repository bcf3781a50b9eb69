#!/usr/bin/python3
"""Records what real kernels answer: boots them, runs programs of operations, writes it down."""

import argparse
import contextlib
import os
import pathlib
import signal
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import firmware
import kernels
import program
import qemu
import transcript
from initramfs import initramfs
from modules import Modules
from packages import PackageError
from restore import restore
from session import Session
from topologies import TOPOLOGIES

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
DEFAULT_CACHE = pathlib.Path(
    os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "vfio-preflight-kernels"
TRIES = 3


def note(text):
    print(text, file=sys.stderr, flush=True)


class Recorder:
    """Records one topology on one kernel; boots again whenever the boot state cannot be restored."""

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
        """A fresh machine; the first one's capture is the host that all others are told from."""
        for attempt in range(1, TRIES + 1):
            try:
                self.start()
                break
            except (qemu.GuestGone, qemu.GuestSilent) as error:
                # On a busy machine an emulated timer may come too late for the kernel.
                if attempt == TRIES:
                    raise
                note(f"  booting again, for the kernel did not come up: {error}")
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
            note(f"  booting again, for this is not as after boot: {difference}")
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
                except (qemu.GuestGone, qemu.GuestSilent) as error:
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
        written.begin(sequence, prepared, changed)
        for operation in sequence.operations:
            outcome = session.perform(operation)
            written.add(outcome)
            self.steps += 1
            if outcome.answer.verdict == "crashes":
                self.session = None
                return


def record(kernel_name, topology, options):
    """Records all programs of a topology into its folder; the faults that were met."""
    begun = time.monotonic()
    folder = options.output / kernel_name / topology.name
    kernel = kernels.fetch(kernel_name, options.cache)
    with Recorder(kernel, topology, options.tool, options.cache) as recorder:
        recorder.boot()
        made = {}
        for name in options.program or topology.programs:
            text = recorder.record(name)
            if len(text.lines) > 1:
                made[f"{name}.steps"] = text.text
        made["host.snapshot"] = "\n".join(recorder.host) + "\n"
        made["about.txt"] = recorder.about
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            transcript.replace(folder / name, text)
        for file in folder.iterdir():
            if file.name not in made:
                file.unlink()
        seconds = time.monotonic() - begun
        note(f"{kernel_name} {topology.name}: {recorder.steps} steps, {recorder.boots} boots, "
             f"{seconds:.0f} s, {len(recorder.faults)} faults")
        return [f"{kernel_name} {topology.name}: {fault}" for fault in recorder.faults]


def default_tool():
    """The release build, else the debug build, which takes four times as long in the guest."""
    for configuration in ("release", "debug"):
        tool = REPOSITORY / ".build" / configuration / "vfio-preflight"
        if tool.exists():
            return tool
    return None


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="every kernel and every topology")
    parser.add_argument("--kernel", action="append", choices=kernels.SOURCES, help="may be repeated")
    parser.add_argument("--topology", action="append", choices=TOPOLOGIES, help="may be repeated")
    parser.add_argument("--program", action="append",
                        help="only this program; for trying out, with --output")
    parser.add_argument("--output", type=pathlib.Path, default=REPOSITORY / "Fixtures/recordings",
                        help="default: Fixtures/recordings")
    parser.add_argument("--cache", type=pathlib.Path, default=DEFAULT_CACHE,
                        help=f"kernels and images; default: {DEFAULT_CACHE}")
    parser.add_argument("--tool", type=pathlib.Path, default=default_tool(),
                        help="the vfio-preflight that captures; default: the build of this checkout")
    options = parser.parse_args()
    if not options.all and not (options.kernel and options.topology):
        parser.error("--all, or --kernel and --topology")
    if options.program and options.output == parser.get_default("output"):
        parser.error("--program leaves a recording incomplete: give --output")
    if options.tool is None:
        parser.error("no vfio-preflight is built: swift build -c release --product vfio-preflight")
    options.cache = options.cache.resolve()
    return options


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # ends the machine, too
    options = arguments()
    faults = []
    for topology in [TOPOLOGIES[name] for name in options.topology or TOPOLOGIES]:
        for kernel_name in options.kernel or kernels.SOURCES:
            if topology.kernels is not None and kernel_name not in topology.kernels:
                note(f"{kernel_name} {topology.name}: not possible on this kernel")
                continue
            try:
                faults += record(kernel_name, topology, options)
            except (PackageError, qemu.GuestGone, qemu.GuestSilent) as error:
                faults.append(f"{kernel_name} {topology.name}: {error}")
    for fault in faults:
        note(f"fault: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
