"""The measurements. Each prints its figures as `name value unit` lines; README.md defines them."""

import statistics
import struct
import time
import uuid

from bench.processes import BenchError, check, note, resident_bytes, wait_until
from bench.stack import ALERT_TOPICS, FETCH_WAIT_MS, OBSERVATIONS

PARTITIONS = 48
# Records in one transaction, for every contender: the engine's own default.
BATCH = 16_384
LARGE_BATCH = 65_536


def figure(name, value, unit):
    text = str(value) if isinstance(value, int) else f"{value:.6g}"
    print(f"{name} {text} {unit}", flush=True)


def _rate(stack, database, events):
    rows, first, last = stack.inbox(database)
    check(rows == events, f"the inbox of {database} holds {rows} of {events} events")
    return events / (last - first), last - first


def run_limit(stack, events, group, batch=BATCH):
    """(a) once: events/s and processor seconds of the program, PostgreSQL and the broker."""
    database = stack.new_database()
    before = stack.cpu()
    limit = stack.program(
        "limit", "--brokers", stack.brokers, "--topic", OBSERVATIONS, "--group", group, "--database",
        stack.conninfo(database), "--events", events, "--batch", batch, "--fetch-wait", FETCH_WAIT_MS)
    # The time of a backend that has ended is its parent's once the parent has seen it; in between it is nobody's.
    time.sleep(0.5)
    after = stack.cpu()
    rate, _ = _rate(stack, database, events)
    stack.drop_database(database)
    return rate, (limit["cpu_seconds"], after[1] - before[1], after[2] - before[2])


def run_engine(stack, events):
    """(b) once: events/s, seconds, processor seconds, alert transitions."""
    database = stack.new_database()
    engine = stack.start_engine(database)
    before = stack.cpu(engine)
    stack.wait_for_position(database, events, engine)
    after = stack.cpu(engine)
    stack.stop_engine(engine)
    rate, seconds = _rate(stack, database, events)
    transitions = int(stack.sql("SELECT count(*) FROM alert_engine.alert_transition", database)[0][0])
    check(transitions > 0, "the feed raised no alert")
    stack.drop_database(database)
    return rate, seconds, tuple(b - a for a, b in zip(before, after)), transitions


def _fresh_log(stack, patients, events, order, others=()):
    """A new broker: the engine's group has a fixed name, and a group of the mock cluster remembers its members."""
    stack.start_broker(PARTITIONS, others)
    published = stack.publish(patients, events, order=order)
    note(f"{events} events ({order}) of {published['value_bytes']:.0f} bytes published in {published['seconds']:.1f} s")


def throughput(stack, options):
    """(a), (b) and their ratios, pair by pair."""
    for order in ("sets",) if options.quick else ("sets", "spread"):
        prefix = "spine" if order == "sets" else "spine.spread"
        columns = {}

        def take(name, value, unit, columns=columns):
            columns.setdefault((name, unit), []).append(value)

        for repetition in range(options.repeat):
            _fresh_log(stack, options.patients, options.events, order)
            limit, limit_cpu = run_limit(stack, options.events, f"limit-{repetition}")
            engine, seconds, cpu, transitions = run_engine(stack, options.events)
            take("limit", limit, "events/s")
            take("throughput", engine, "events/s")
            take("throughput_ratio_to_limit", engine / limit, "1")
            take("cpu_ratio_to_limit", (limit_cpu[0] + limit_cpu[1]) / (cpu[0] + cpu[1]), "1")
            take("limit_cpu_per_event", limit_cpu[0] / options.events * 1e6, "us")
            take("limit_postgres_cpu_per_event", limit_cpu[1] / options.events * 1e6, "us")
            take("engine_cpu_per_event", cpu[0] / options.events * 1e6, "us")
            take("postgres_cpu_per_event", cpu[1] / options.events * 1e6, "us")
            if order == "sets" and not options.quick:
                large, _ = run_limit(stack, options.events, f"large-{repetition}", LARGE_BATCH)
                take("limit_large_transactions", large, "events/s")
                take("throughput_ratio_to_large_transactions", engine / large, "1")
            note(f"{order}, pair {repetition + 1}: limit {limit:,.0f}/s, alert-engine {engine:,.0f}/s,"
                 f" ratio {engine / limit:.3f}; {transitions} alert transitions in {seconds:.2f} s; processor seconds of program, PostgreSQL, broker: limit"
                 f" {_seconds(limit_cpu)}, alert-engine {_seconds(cpu)}")
        for (name, unit), values in columns.items():
            figure(f"{prefix}.{name}", statistics.median(values), unit)


def _seconds(parts):
    return " ".join(f"{part:.2f}" for part in parts)


# --- (c) --------------------------------------------------------------------------------------------------------------


def _percentile(ordered, share):
    """Nearest rank."""
    return ordered[max(0, min(len(ordered) - 1, -(-len(ordered) * share // 100) - 1))]


def latency(stack, options):
    """(c) from just before an observation is handed to its producer to the arrival of the alert event at a consumer."""
    rate, warm_up, seconds = 2_000, 5, options.latency_seconds
    stack.start_broker(12)
    database = stack.new_database()
    engine = stack.start_engine(database)
    listener = stack.begin(
        [stack.directory / "alerts", "--brokers", stack.brokers, "--topics", ",".join(ALERT_TOPICS), "--fetch-wait",
         FETCH_WAIT_MS], log=stack.log("alerts"))
    wait_until(lambda: stack.log("alerts").read_text().startswith("ready"), seconds=30, what="the listener",
               process=listener)
    times = stack.directory / "times"
    events = rate * (warm_up + seconds)
    before = stack.cpu(engine)
    stack.publish(1_000, events, feed="episodes", rate=rate, times=times, seconds=warm_up + seconds + 60)
    after = stack.cpu(engine)
    stack.wait_for_position(database, events, engine, seconds=60)
    expected = int(stack.sql("SELECT count(*) FROM alert_engine.alert_transition", database)[0][0])
    deadline = time.monotonic() + 30
    while stack.log("alerts").read_text().count("\n") - 1 < expected and time.monotonic() < deadline:
        time.sleep(0.2)
    stack.end(listener)
    committed = {
        row[0]: float(row[1]) * 1e6 for row in stack.sql(
            "SELECT trigger_event_id, extract(epoch FROM pg_xact_commit_timestamp(xmin)) FROM alert_engine.alert_transition",
            database)}
    stack.stop_engine(engine)
    stack.drop_database(database)

    sent = {str(uuid.UUID(bytes=identity)): at for identity, at in struct.iter_unpack("<16sq", times.read_bytes())}
    start = min(sent.values()) + warm_up * 1_000_000
    raised, resolved, to_commit, from_commit, seen = [], [], [], [], 0
    for line in stack.log("alerts").read_text().splitlines()[1:]:
        trigger, arrived, transition, _ = line.split()
        seen += 1
        check(trigger in sent, f"an alert names the trigger {trigger}, which was not published")
        if sent[trigger] < start:
            continue
        passed = (int(arrived) - sent[trigger]) / 1000
        (resolved if transition == "3" else raised).append(passed)
        if transition != "3":
            to_commit.append((committed[trigger] - sent[trigger]) / 1000)
            from_commit.append((int(arrived) - committed[trigger]) / 1000)
    check(seen == expected, f"{seen} alert events arrived, {expected} were committed")
    check(raised, "no alert was raised")
    if seconds >= 60:
        check(len(raised) >= 2_000, f"only {len(raised)} alerts were raised")
    for parts in (raised, resolved, to_commit, from_commit):
        parts.sort()
    for share in (50, 95, 99):
        figure(f"spine.alert_latency_p{share}", _percentile(raised, share), "ms")
    figure("spine.alert_latency_max", raised[-1], "ms")
    figure("spine.alert_latency_alerts", len(raised), "alerts")
    for share in (50, 99):
        figure(f"spine.alert_latency_to_commit_p{share}", _percentile(to_commit, share), "ms")
        figure(f"spine.alert_latency_from_commit_p{share}", _percentile(from_commit, share), "ms")
    if resolved:
        figure("spine.resolution_latency_p99", _percentile(resolved, 99), "ms")
    used = [b - a for a, b in zip(before, after)]
    note(f"at {rate} events/s the engine, PostgreSQL and the broker took"
         f" {' '.join(f'{part / (warm_up + seconds) * 100:.0f} %' for part in used)} of a core")


# --- (d), (e) ---------------------------------------------------------------------------------------------------------


def _resident_after(stack, patients, events):
    """Resident bytes of the engine when it has drained `events` of `patients` and rested; and keyed_state's sizes."""
    stack.start_broker(2 * PARTITIONS)
    stack.publish(patients, events, ill=0)
    database = stack.new_database()
    engine = stack.start_engine(database)
    stack.wait_for_position(database, events, engine)
    time.sleep(3)
    resident = resident_bytes(engine.pid)
    rows, state_bytes, table_bytes = (
        float(part) for part in stack.sql(
            "SELECT count(*), coalesce(avg(octet_length(state)), 0), pg_total_relation_size('alert_engine.keyed_state')"
            " FROM alert_engine.keyed_state", database)[0])
    stack.stop_engine(engine)
    stack.drop_database(database)
    check(rows == patients, f"keyed_state holds {rows:.0f} of {patients} patients")
    return resident, state_bytes, table_bytes


def memory(stack, options):
    """(d) what the state of 100,000 patients costs."""
    patients = options.memory_patients
    events = patients * 6
    one, _, _ = _resident_after(stack, 1, 6)
    few, _, _ = _resident_after(stack, 100, events)
    many, state_bytes, table_bytes = _resident_after(stack, patients, events)
    figure("spine.memory_one_patient", one / 2**20, "MiB")
    figure("spine.memory_100_patients_same_events", few / 2**20, "MiB")
    figure("spine.memory_all_patients", many / 2**20, "MiB")
    figure("spine.memory_per_100k_patients", (many - one) / (patients - 1) * 100_000 / 2**20, "MiB")
    figure("spine.memory_per_100k_patients_same_events", (many - few) / (patients - 100) * 100_000 / 2**20, "MiB")
    figure("spine.state_bytes_per_patient", state_bytes, "B")
    figure("spine.state_table_bytes_per_patient", table_bytes / patients, "B")


def scaling(stack, options):
    """(e) cost at 1x, 4x, 16x patients, the same number of events for each patient."""
    costs = {}
    steps = (1, 16) if options.quick else (1, 4, 16)
    for times in steps:
        patients = options.scale_patients * times
        events = patients * 12
        stack.start_broker(2 * PARTITIONS)
        stack.publish(patients, events)
        samples = []
        for _ in range(options.repeat if times == 1 else 1):
            _, seconds, cpu, _ = run_engine(stack, events)
            samples.append(((cpu[0] + cpu[1]) / events * 1e6, seconds / events * 1e6))
            if options.repeat > 1 and times == 1:
                # The engine's group has a fixed name, and the next member would wait for the last one's session to end.
                stack.start_broker(2 * PARTITIONS)
                stack.publish(patients, events)
        costs[times] = tuple(statistics.median(part) for part in zip(*samples))
        figure(f"spine.cpu_per_event_{times}x", costs[times][0], "us")
        figure(f"spine.wall_per_event_{times}x", costs[times][1], "us")
    for times in steps[1:]:
        figure(f"spine.cpu_per_event_ratio_{times}x", costs[times][0] / costs[1][0], "1")
        figure(f"spine.wall_per_event_ratio_{times}x", costs[times][1] / costs[1][1], "1")


# --- (f) --------------------------------------------------------------------------------------------------------------


def peers(stack, options, python):
    """(f) the peers, each beside a run of the engine on the same log."""
    from bench.peers import QUIX_ALERTS, changelogs, run_plain, run_quix

    events, engines = options.events, []
    rates = {}
    for repetition in range(options.repeat):
        topics = [f"{QUIX_ALERTS}:4", *[f"{topic}:{PARTITIONS}" for topic in changelogs("quix")]]
        _fresh_log(stack, options.patients, events, "sets", topics)
        engines.append(run_engine(stack, events)[0])
        note(f"alert-engine {engines[-1]:,.0f}/s")
        runs = {
            "confluent_kafka_python": lambda: run_plain(stack, events, python, "plain"),
            "quix_streams": lambda: run_quix(stack, events, python, "quix", changelog=True),
            "quix_streams_without_changelog": lambda: run_quix(stack, events, python, "bare", changelog=False),
        }
        if options.quick:
            del runs["quix_streams_without_changelog"]
        for name, measure in runs.items():
            try:
                rate = measure()
            except BenchError as error:
                note(f"{name} could not be measured: {error}")
            else:
                rates.setdefault(name, []).append((engines[-1], rate))
    figure("spine.peers.alert_engine", statistics.median(engines), "events/s")
    for name, pairs in rates.items():
        figure(f"spine.peers.{name}", statistics.median(rate for _, rate in pairs), "events/s")
        figure(f"spine.peers.ratio_to_{name}", statistics.median(engine / rate for engine, rate in pairs), "1")
