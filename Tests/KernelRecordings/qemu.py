"""A headless virtual machine: the console is a file, the second serial port leads to the agent."""

import re
import select
import socket
import subprocess
import time

PROGRAM = "qemu-system-x86_64"
BASE = ["-nodefaults", "-no-user-config", "-display", "none", "-vga", "none",
        "-cpu", "max,la57=off", "-smp", "1", "-m", "768", "-accel", "tcg,thread=single",
        "-no-reboot"]
COMMAND_LINE = "console=ttyS0 panic=-1 oops=panic vfio_pci.disable_idle_d3=1"
CRASH = re.compile(r"kernel BUG at .*|Kernel panic - not syncing.*|BUG: .*|Oops: .*")


class GuestGone(Exception):
    """The machine ended: the kernel crashed, or the machine was stopped."""


class GuestSilent(Exception):
    """The guest did not answer in time."""


def version():
    """The first line of the program's version."""
    shown = subprocess.run([PROGRAM, "--version"], stdout=subprocess.PIPE, text=True, check=True)
    return shown.stdout.split("\n")[0]


def arguments(topology):
    """The arguments that the recording lists: all but those with names of files."""
    machine = ",".join(part for part in ("q35", topology.machine) if part)
    return ["-machine", machine, *BASE, *topology.qemu]


def command_line(topology):
    """The command line of the kernel."""
    return f"{COMMAND_LINE} {topology.cmdline}".strip()


class VirtualMachine:
    """A running QEMU; `with` ends it."""

    def __init__(self, kernel, initramfs, topology, console):
        self.console = console
        ours, theirs = socket.socketpair()
        self.channel = ours
        self.buffer = b""
        with theirs:
            descriptor = theirs.fileno()
            self.process = subprocess.Popen(
                [PROGRAM, *arguments(topology),
                 "-kernel", str(kernel.image), "-initrd", str(initramfs),
                 "-append", command_line(topology),
                 "-chardev", f"file,id=console,path={console}", "-serial", "chardev:console",
                 "-chardev", f"socket,id=channel,fd={descriptor}", "-serial", "chardev:channel"],
                pass_fds=[descriptor], stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()
        self.channel.close()

    def send(self, line):
        try:
            self.channel.sendall(line.encode() + b"\n")
        except OSError as error:
            raise GuestGone(self.ending()) from error

    def receive(self, deadline):
        """Reads more bytes into the buffer."""
        while time.monotonic() < deadline:
            readable, _, _ = select.select([self.channel], [], [], 0.5)
            if not readable:
                if self.process.poll() is not None:
                    raise GuestGone(self.ending())
                continue
            try:
                part = self.channel.recv(65536)
            except OSError:
                part = b""
            if not part:
                raise GuestGone(self.ending())
            self.buffer += part
            return
        raise GuestSilent(f"no answer; the console ends in {self.console_end()!r}")

    def line(self, deadline):
        """One line of the channel."""
        while b"\n" not in self.buffer:
            self.receive(deadline)
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode("ascii", "replace").rstrip("\r")

    def bytes(self, count, deadline):
        """That many bytes of the channel."""
        while len(self.buffer) < count:
            self.receive(deadline)
        part, self.buffer = self.buffer[:count], self.buffer[count:]
        return part

    def ending(self):
        """Why the machine ended: the crash of the kernel, or the error message of QEMU."""
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            return "the channel closed"
        crash = self.crash()
        if crash:
            return crash
        words = self.process.stderr.read().decode("ascii", "replace").strip()
        return words or f"QEMU ended; the console ends in {self.console_end()!r}"

    def crash(self):
        """The first line of the console that reports a kernel crash."""
        try:
            found = CRASH.search(self.console.read_text("ascii", "replace"))
        except FileNotFoundError:
            return None
        return found.group(0).strip() if found else None

    def console_end(self):
        try:
            return self.console.read_text("ascii", "replace")[-400:]
        except FileNotFoundError:
            return ""
