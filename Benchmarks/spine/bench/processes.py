"""Processes that the benchmark starts, stops by id, and whose processor time and memory it reads from /proc."""

import ctypes
import os
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
TICKS = os.sysconf("SC_CLK_TCK")
_libc = ctypes.CDLL(None, use_errno=True)


class BenchError(Exception):
    """A measurement that did not come about, and why."""


def note(text):
    """Tells the person at the terminal what goes on."""
    print(f"{os.path.basename(os.path.dirname(os.path.abspath(sys.argv[0])))}: {text}", file=sys.stderr, flush=True)


def check(condition, text):
    if not condition:
        raise BenchError(text)


def run(command, *, seconds=120, environment=None, user=None):
    """Runs a command to its end; its standard output."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=seconds, check=False, user=user,
        extra_groups=[] if user else None, env={**os.environ, **(environment or {})}, cwd="/")
    check(done.returncode == 0, f"{os.path.basename(str(command[0]))} failed ({done.returncode}): {done.stderr[-2000:]}")
    return done.stdout


class Process:
    """A child that ends with the benchmark, whatever happens to it."""

    def __init__(self, command, *, log, environment=None, user=None, end_signal=signal.SIGTERM, pipes=False):
        self.name = os.path.basename(str(command[0]))
        self.log = log
        self.end_signal = end_signal
        with open(log, "ab") as file:
            self.child = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.PIPE if pipes else subprocess.DEVNULL,
                stdout=subprocess.PIPE if pipes else file, stderr=file, text=True, user=user,
                extra_groups=[] if user else None, env={**os.environ, **(environment or {})}, cwd="/",
                preexec_fn=lambda: _libc.prctl(PR_SET_PDEATHSIG, int(end_signal), 0, 0, 0))
        self.pid = self.child.pid

    def is_running(self):
        return self.child.poll() is None

    def stop(self, seconds=30):
        """Ends it politely, then by force; its exit status."""
        if self.is_running():
            self.child.send_signal(self.end_signal)
        try:
            return self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            note(f"{self.name} did not stop within {seconds} s and was killed; see {self.log}")
            self.child.kill()
            return self.child.wait(10)

    def log_end(self, characters=1500):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return file.read()[-characters:]


def wait_until(condition, *, seconds, what, process=None, step=0.05):
    """Polls `condition` until it holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if process is not None and not process.is_running():
            raise BenchError(f"{what}: {process.name} ended: {process.log_end()}")
        if time.monotonic() > deadline:
            raise BenchError(f"{what}: not within {seconds} s")
        time.sleep(step)


def _stat(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
        return file.read().rpartition(")")[2].split()


def cpu_seconds(pid, *, with_children=False):
    """Processor time of a process; with its children, those that have ended included."""
    fields = _stat(pid)
    total = int(fields[11]) + int(fields[12])
    if with_children:
        total += int(fields[13]) + int(fields[14])
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    child = _stat(entry)
                except OSError:
                    continue
                if int(child[1]) == pid:
                    total += int(child[11]) + int(child[12])
    return total / TICKS


def resident_bytes(pid):
    """Resident memory of a process."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        for line in file:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    raise BenchError(f"no VmRSS of {pid}")
