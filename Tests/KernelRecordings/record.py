#!/usr/bin/python3
"""Boots kernels, runs programs of operations on them, and records the answers."""

import argparse
import os
import pathlib
import signal
import sys
import time

sys.dont_write_bytecode = True

import kernels
import qemu
from packages import PackageError
from recorder import Recorder, note
from transcript import replace
from topologies import TOPOLOGIES

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
DEFAULT_OUTPUT = REPOSITORY / "Fixtures/recordings"
DEFAULT_CACHE = pathlib.Path(
    os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "vfio-preflight-kernels"


def record(kernel_name, topology, options):
    """Records all programs of a topology into its folder; returns the faults."""
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
            replace(folder / name, text)
        for file in folder.iterdir():
            if file.name not in made:
                file.unlink()
        seconds = time.monotonic() - begun
        note(f"{kernel_name} {topology.name}: {recorder.steps} steps, {recorder.boots} boots, "
             f"{seconds:.0f} s, {len(recorder.faults)} faults")
        return [f"{kernel_name} {topology.name}: {fault}" for fault in recorder.faults]


def default_tool():
    """The release build, or the debug build, which takes four times as long in the guest."""
    for configuration in ("release", "debug"):
        tool = REPOSITORY / ".build" / configuration / "vfio-preflight"
        if tool.exists():
            return tool
    return None


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="every kernel and every topology")
    parser.add_argument("--kernel", action="append", choices=kernels.SOURCES,
                        help="may be repeated")
    parser.add_argument("--topology", action="append", choices=TOPOLOGIES, help="may be repeated")
    parser.add_argument("--program", action="append",
                        help="only this program; for trials, with --output")
    parser.add_argument("--output", type=pathlib.Path, default=DEFAULT_OUTPUT,
                        help="default: Fixtures/recordings")
    parser.add_argument("--cache", type=pathlib.Path, default=DEFAULT_CACHE,
                        help=f"kernels and images; default: {DEFAULT_CACHE}")
    parser.add_argument("--tool", type=pathlib.Path, default=default_tool(),
                        help="the vfio-preflight that captures; default: this checkout's build")
    options = parser.parse_args()
    if not options.all and not (options.kernel and options.topology):
        parser.error("--all, or --kernel and --topology")
    if options.program and options.output.resolve() == DEFAULT_OUTPUT:
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
                note(f"{kernel_name} {topology.name}: not for this kernel")
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
