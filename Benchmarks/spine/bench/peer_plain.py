"""The peer without a framework: confluent-kafka, protobuf and psycopg, in one process.

    peer_plain.py BROKERS TOPIC GROUP CONNINFO EVENTS BATCH FETCH_WAIT_MS

For each record: decode, keep the patient's latest values, and open an alert when two readings of a vital sign in a row breach
its threshold within an hour; resolve it when two in a row do not. The event ids go to the same table `inbox`, by binary
COPY, in transactions as large as the other contenders'. The state is a dict: it is not durable, there is no outbox, no
alert row, no fence. Prints a line of JSON.
"""

import json
import sys
import time
import uuid
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psycopg  # noqa: E402
from confluent_kafka import Consumer  # noqa: E402

from bench.feed import LIMITS, message_class  # noqa: E402

HOUR = 3_600_000_000


def main():
    brokers, topic, group, conninfo, events, batch, fetch_wait = sys.argv[1:]
    events, batch = int(events), int(batch)
    observation_recorded = message_class("ObservationRecorded")
    latest, alerts = {}, 0

    def take(observation):
        """0 or 1: how many alerts this observation opened or resolved."""
        limits = LIMITS.get(observation.code)
        if limits is None:
            return 0
        vitals = latest.setdefault(observation.patient, {})
        _, before, run, is_open = vitals.get(observation.code, (0.0, 0, 0, False))
        value, at = observation.quantity, observation.effective_at_us
        breaches = value <= limits[0] or value >= limits[1]
        run = run + 1 if breaches != is_open and at - before <= HOUR else int(breaches != is_open)
        if run >= 2:
            vitals[observation.code] = (value, at, 0, not is_open)
            return 1
        vitals[observation.code] = (value, at, run, is_open)
        return 0

    consumer = Consumer({
        "bootstrap.servers": brokers, "group.id": group, "auto.offset.reset": "earliest", "enable.auto.commit": False,
        "fetch.wait.max.ms": int(fetch_wait), "queued.max.messages.kbytes": 65536,
    })
    consumer.subscribe([topic])
    taken, first, cpu = 0, None, 0.0
    deadline = time.monotonic() + 120
    with psycopg.connect(conninfo, options="-c search_path=alert_engine") as connection, connection.cursor() as cursor:
        while taken < events:
            records = consumer.consume(min(batch, events - taken), timeout=0.5)
            if not records:
                if time.monotonic() > deadline:
                    sys.exit(f"nothing for 120 s after {taken} records")
                continue
            if first is None:
                first, cpu = time.time(), time.process_time()
            with cursor.copy("COPY inbox (event_id) FROM STDIN (FORMAT binary)") as copy:
                copy.set_types(["uuid"])
                for record in records:
                    if record.error():
                        sys.exit(str(record.error()))
                    observation = observation_recorded.FromString(record.value())
                    copy.write_row((uuid.UUID(observation.event_id),))
                    alerts += take(observation)
            connection.commit()
            consumer.commit(asynchronous=True)
            taken += len(records)
            deadline = time.monotonic() + 120
        last = time.time()
    print(json.dumps({"events": taken, "seconds": last - first, "alerts": alerts, "cpu_seconds": time.process_time() - cpu}))
    consumer.close()


if __name__ == "__main__":
    main()
