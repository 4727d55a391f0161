"""The peer with a framework: Quix Streams, state in RocksDB.

    peer_quix.py BROKERS TOPIC ALERT_TOPIC GROUP EVENTS BATCH STATE_DIR FETCH_WAIT_MS CHANGELOG(0|1)

For each record: decode, keep the patient's latest values in the keyed state, and count the breaches of a patient's
thresholds in tumbling windows of an hour of event time; the second breach of a window becomes an alert on ALERT_TOPIC.
Nothing goes to PostgreSQL: its state is durable in RocksDB and, when CHANGELOG is 1, in a changelog topic. A checkpoint is
made every BATCH records.

Quix asks the cluster's admin API about topics (DescribeConfigs) and makes them with it (CreateTopics); the mock cluster
has neither. So the topics exist beforehand, and `MetadataAdmin` answers from the metadata, which the mock cluster has.
Prints a line of JSON.
"""

import json
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from quixstreams import Application  # noqa: E402
from quixstreams.models import TopicAdmin, TopicConfig, TopicManager  # noqa: E402
from quixstreams.models.serializers import Deserializer  # noqa: E402

from bench.feed import LIMITS, message_class  # noqa: E402


class MetadataAdmin(TopicAdmin):
    """Knows of each topic what the metadata say."""

    def inspect_topics(self, topic_names, timeout=30):
        known = self.list_topics(timeout=timeout)
        return {
            name: TopicConfig(
                num_partitions=len(known[name].partitions), replication_factor=1,
                extra_config={"cleanup.policy": "compact", "retention.ms": "-1", "retention.bytes": "-1"})
            if name in known else None for name in topic_names
        }


class Observation(Deserializer):
    """An observation as a dict."""

    def __init__(self):
        super().__init__()
        self.message = message_class("ObservationRecorded")

    def __call__(self, value, ctx):
        read = self.message.FromString(value)
        return {"patient": read.patient, "code": read.code, "value": read.quantity, "at": read.effective_at_us}


def main():
    brokers, topic, alert_topic, group, events, batch, state_directory, fetch_wait, changelog = sys.argv[1:]
    events = int(events)
    clock = {"taken": 0, "alerts": 0, "first": 0.0, "last": 0.0}

    application = Application(
        broker_address=brokers, consumer_group=group, auto_offset_reset="earliest", state_dir=state_directory,
        auto_create_topics=False, use_changelog_topics=changelog == "1", loglevel="WARNING", commit_every=int(batch),
        consumer_extra_config={"fetch.wait.max.ms": int(fetch_wait)},
        producer_extra_config={"linger.ms": 5, "compression.type": "lz4"},
        topic_manager=TopicManager(
            topic_admin=MetadataAdmin(broker_address=brokers), consumer_group=group, auto_create_topics=False))
    source = application.topic(
        topic, value_deserializer=Observation(), key_deserializer="str",
        timestamp_extractor=lambda value, headers, timestamp, kind: value["at"] // 1000)
    target = application.topic(alert_topic, value_serializer="json", key_serializer="str")

    def judge(value, state):
        """Keeps the latest value; whether it breaches."""
        if clock["taken"] == 0:
            clock["first"] = time.time()
        clock["taken"] += 1
        clock["last"] = time.time()
        if clock["taken"] == events:
            application.stop()
        state.set(value["code"], (value["value"], value["at"]))
        low, high = LIMITS[value["code"]]
        return {**value, "breach": value["value"] <= low or value["value"] >= high}

    def announce(window):
        """The alert, when this is the window's second breach."""
        clock["alerts"] += window["value"] == 2
        return window["value"] == 2

    stream = application.dataframe(source)
    stream = stream.filter(lambda value: value["code"] in LIMITS).apply(judge, stateful=True)
    stream = stream.filter(lambda value: value["breach"])
    stream = stream.tumbling_window(3_600_000).count().current()
    stream.filter(announce).to_topic(target)
    started = time.process_time()
    application.run()
    print(json.dumps({
        "events": clock["taken"], "alerts": clock["alerts"], "seconds": clock["last"] - clock["first"],
        "cpu_seconds": time.process_time() - started}))


if __name__ == "__main__":
    main()
