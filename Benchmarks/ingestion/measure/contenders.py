"""Runs ours and the peers on the same files, and prints the figures."""

import json
import subprocess

from bench.processes import BenchError, check, note
from bench.stack import ROOT
from measure.output import figure

PEERS = ROOT / "Benchmarks" / "ingestion" / "peers"


class Run:
    """What one contender did: its own account of it."""

    def __init__(self, said, count=None):
        self.records = count or said["records"]
        self.rejected = said["rejected"]
        self.bytes = said["bytes"]
        rounds = said["repeat"]
        # Processor time, so that what else the machine does at the time is not in it: all contenders have one thread.
        self.seconds = max(said["cpuSeconds"], 1e-9)
        self.rate = self.records * rounds / self.seconds
        self.megabytes = self.bytes * rounds / self.seconds / 1e6
        self.peak = said["peakResidentBytes"]


def _run(command, seconds, count=None):
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise BenchError(f"{command[0]} did not end within {seconds} s") from error
    lines = done.stdout.strip().splitlines()
    check(lines, f"{' '.join(str(part) for part in command[:6])} failed ({done.returncode}): {done.stderr[-1500:]}")
    return Run(json.loads(lines[-1]), count)


def ours(options, kind, files, *, seconds, count):
    """`ingestion validate --quiet`, as many rounds as take about so many seconds."""
    # A person for the formats that name none; the others have their own.
    named = ["--subject", "bench"] if kind in ("apple", "vcf") else []
    command = [options.ingestion, "validate", "--format", kind, *named, "--quiet", "--repeat"]
    once = _run([*command, 1, *files], 600, count)
    rounds = max(1, min(1_000, round(seconds / once.seconds)))
    return _run([*command, rounds, *files], 900, count) if rounds > 1 else once


def peer(options, name, files, *, seconds):
    return _run([options.python, "-B", PEERS / f"{name}.py", seconds, *files], 900)


def measure(options, name, kind, files, unit, peers, *, count=None):
    """One input: ours, each peer, and their ratios; the median of the repetitions, pair by pair.

    `count` is the number of records where a contender's own account counts something else (a file, not its lines).
    """
    seconds = options.seconds
    mine = []
    theirs = {each: [] for each, _ in peers}
    for _ in range(options.repeat):
        mine.append(ours(options, kind, files, seconds=seconds, count=count))
        for each, before in peers:
            theirs[each].append(peer(options, each, [*before, *files], seconds=seconds))
    run = mine[0]
    check(run.rejected == 0, f"{name}: {run.rejected} of {run.records} records were refused")
    check(run.records > 0, f"{name}: nothing was read")
    counts = {name: one[0].records for name, one in theirs.items() if one[0].bytes == run.bytes}
    check(all(count == run.records for count in counts.values()), f"{name}: {run.records} records, but the peers count {counts}")
    figure(f"ingestion.{name}", median(one.rate for one in mine), unit)
    figure(f"ingestion.{name}_bytes", median(one.megabytes for one in mine), "MB/s")
    figure(f"ingestion.{name}_peak_memory", max(one.peak for one in mine) / 1e6, "MB")
    for each, runs in theirs.items():
        figure(f"ingestion.peers.{name}.{each}", median(one.rate for one in runs), unit)
        figure(f"ingestion.peers.{name}.{each}_bytes", median(one.megabytes for one in runs), "MB/s")
        figure(f"ingestion.peers.{name}.{each}_peak_memory", max(one.peak for one in runs) / 1e6, "MB")
        figure(f"ingestion.ratio.{name}.{each}", median(a.rate / b.rate for a, b in zip(mine, runs)), "times")
        if runs[0].rejected:
            note(f"{each} refused {runs[0].rejected} of {runs[0].records} records of {name}")


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
