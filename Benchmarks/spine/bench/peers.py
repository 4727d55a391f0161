"""Runs the Python peers."""

import json
import subprocess

from bench.measures import BATCH, PARTITIONS
from bench.processes import BenchError, check, note, run
from bench.stack import FETCH_WAIT_MS, HERE, OBSERVATIONS


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


def run_quix(stack, options, python, changelog):
    """Quix Streams: events/s from its first to its last record, checkpoints in between."""
    events, group = options.quix_events, "quix"
    alerts = "spine.quix.alerts"
    # The names that Quix gives its changelog topics: of the keyed state and of the window.
    changelogs = [f"changelog__{group}--{OBSERVATIONS}--{store}:{PARTITIONS}" for store in ("default", "tumbling_window_3600000_count")]
    stack.start_broker(PARTITIONS, [f"{alerts}:4", *changelogs])
    stack.publish(max(1, events // 50), events)
    directory = stack.directory / f"quix-{int(changelog)}"
    try:
        output = run(
            [python, HERE / "bench" / "peer_quix.py", stack.brokers, OBSERVATIONS, alerts, group, events, directory,
             FETCH_WAIT_MS, int(changelog)], seconds=300)
    except subprocess.TimeoutExpired as error:
        raise BenchError("it did not end within 300 s") from error
    said = json.loads(output.splitlines()[-1])
    check(said["events"] >= events, f"it processed {said['events']} of {events} records")
    check(said["alerts"] > 0, "it raised no alert")
    note(f"Quix Streams{'' if changelog else ' without changelog topics'}: {said['events'] / said['seconds']:,.0f}/s,"
         f" {said['cpu_seconds'] / said['events'] * 1e6:.0f} us of processor time per event")
    return said["events"] / said["seconds"]
