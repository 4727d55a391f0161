"""Runs the Python peers."""

import json
import shutil
import subprocess

from bench.measures import BATCH
from bench.processes import BenchError, check, note, run
from bench.stack import FETCH_WAIT_MS, HERE, OBSERVATIONS

QUIX_ALERTS = "spine.quix.alerts"


def run_plain(stack, events, python, group):
    """Plain confluent-kafka: events/s, by the same clock and query as the other contenders."""
    database = stack.new_database()
    output = run(
        [python, HERE / "bench" / "peer_plain.py", stack.brokers, OBSERVATIONS, group, stack.conninfo(database), events,
         BATCH, FETCH_WAIT_MS], seconds=300)
    said = json.loads(output.splitlines()[-1])
    rows, first, last = stack.inbox(database)
    check(rows == events, f"the inbox of the Python peer holds {rows} of {events} events")
    check(said["alerts"] > 0, "the Python peer raised no alert")
    stack.drop_database(database)
    note(f"confluent-kafka in Python: {events / (last - first):,.0f}/s, {said['alerts']} alerts,"
         f" {said['cpu_seconds'] / events * 1e6:.1f} us of processor time per event")
    return events / (last - first)


def changelogs(group):
    """The topics that Quix wants for its changelogs: of the keyed state and of the window."""
    stores = ("default", "tumbling_window_3600000_count")
    return [f"changelog__{group}--{OBSERVATIONS}--{store}" for store in stores]


def run_quix(stack, events, python, group, *, changelog):
    """Quix Streams: events/s from its first to its last record."""
    directory = stack.directory / f"quix-{group}-{stack.databases}"
    try:
        output = run(
            [python, HERE / "bench" / "peer_quix.py", stack.brokers, OBSERVATIONS, QUIX_ALERTS, group, events, BATCH,
             directory, FETCH_WAIT_MS, int(changelog)], seconds=300)
    except subprocess.TimeoutExpired as error:
        raise BenchError("Quix Streams did not end within 300 s") from error
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    said = json.loads(output.splitlines()[-1])
    check(said["events"] == events, f"Quix Streams processed {said['events']} of {events} records")
    check(said["alerts"] > 0, "Quix Streams raised no alert")
    note(f"Quix Streams{'' if changelog else ' without changelog topics'}: {events / said['seconds']:,.0f}/s,"
         f" {said['alerts']} alerts, {said['cpu_seconds'] / events * 1e6:.1f} us of processor time per event")
    return events / said["seconds"]
