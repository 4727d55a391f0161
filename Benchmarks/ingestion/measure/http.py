"""Through HTTP to durable: `ingestion serve` on the embedded stack, wrk as the sender."""

import json
import shutil
import urllib.request

from bench.processes import BenchError, Process, check, note, run, wait_until
from bench.stack import ROOT, Stack, free_port
from measure.output import figure

HERE = ROOT / "Benchmarks" / "ingestion"
TOPICS = [
    "feed.wearable.v1", "feed.ehr.fhir.v1", "feed.ehr.hl7v2.v1", "feed.genomics.v1", "health.observation.recorded.v1",
    "health.medication.recorded.v1", "health.condition.recorded.v1", "health.patient.registered.v1", "health.allergy.recorded.v1",
    "health.encounter.recorded.v1", "health.procedure.recorded.v1", "health.immunization.recorded.v1", "health.report.recorded.v1",
    "health.consent.recorded.v1", "health.genotype.recorded.v1", "health.expression.measured.v1", "health.score.defined.v1", "health.deadletter.v1",
]
# A key of the benchmark alone, for data that a generator made.
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


class IngestionStack(Stack):
    """The servers of the spine's benchmark with `ingestion` in place of the alert engine."""

    def start_topics(self):
        self.stop_broker()
        # The mock cluster keeps 5 MB a partition: enough of them for what a run publishes.
        topics = [f"{topic}:{48 if topic.startswith('health.observation') else 4}" for topic in TOPICS]
        self.broker = Process([self.directory / "broker", *topics], log=self.log("broker"), pipes=True)
        self.brokers = self.broker.child.stdout.readline().strip()
        check(self.brokers, f"the broker did not start: {self.broker.log_end()}")

    def engine_environment(self, database, port, instance="ingestion-bench"):
        environment = super().engine_environment(database, port, instance)
        environment |= {
            "VITALSTREAM_CRYPTO_PSEUDONYM_KEY": KEY, "VITALSTREAM_CRYPTO_PAYLOAD_KEY": KEY,
            # What one client may send is not what is measured.
            "VITALSTREAM_AUTH_REQUESTS_PER_SECOND": "1000000", "VITALSTREAM_AUTH_BYTES_PER_SECOND": str(1 << 40),
        }
        return environment | self.extra_environment

    def serve(self, database):
        port = free_port()
        service = self.begin(
            [self.engine_program, "serve"], log=self.log("ingestion"), environment=self.engine_environment(database, port))

        def is_ready():
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
                    return answer.status == 200
            except OSError:
                return False

        wait_until(is_ready, seconds=90, what="ingestion", process=service, step=0.1)
        return service, port


def _wrk(port, script, connections, seconds, header):
    """One run; what the script's `done` printed."""
    command = ["wrk", "-t", 2, "-c", connections, "-d", f"{seconds}s", "--timeout", "30s", "-s", HERE / "wrk" / script]
    if header:
        command += ["-H", header]
    output = run([*command, f"http://127.0.0.1:{port}"], seconds=seconds + 90)
    said = [json.loads(line.removeprefix("RESULT ")) for line in output.splitlines() if line.startswith("RESULT ")]
    check(said, f"wrk said nothing: {output[-500:]}")
    return said[-1]


def http(options):
    if shutil.which("wrk") is None:
        raise BenchError("wrk is not installed: run deploy/setup, or apt-get install wrk")
    seconds = 5 if options.quick else 20
    with IngestionStack(options.ingestion, uses_documents=options.documents, keeps_files=options.keep) as stack:
        stack.extra_environment = dict(pair.split("=", 1) for pair in options.environment)
        for name, script, each, table in [
            ("http_point", "points-1.lua", 1, "observation"), ("http_points", "points-50.lua", 50, "observation"),
            ("http_bundle", "bundle.lua", 12, "observation"),
        ]:
            stack.start_topics()
            database = stack.new_database()
            service, port = stack.serve(database)
            try:
                _wrk(port, script, 4, 2, options.header)
                before = int(stack.sql(f"SELECT count(*) FROM ingestion.{table}", database)[0][0])
                said = _wrk(port, script, options.connections, seconds, options.header)
                after = int(stack.sql(f"SELECT count(*) FROM ingestion.{table}", database)[0][0])
            except BenchError as error:
                raise BenchError(f"{error}\n{service.log_end()}") from error
            check(said["failed"] == 0, f"{name}: {said['failed']} of {said['requests']} answers were no success: {service.log_end()}")
            # Every request that was answered is in the database; those under way when wrk stopped may be as well.
            stored, answered = after - before, said["requests"] * each
            check(answered <= stored <= answered + options.connections * each, f"{name}: {answered} facts were acknowledged, {stored} are stored")
            rate = said["requests"] / said["seconds"]
            figure(f"ingestion.{name}_requests", rate, "requests/s")
            figure(f"ingestion.{name}_facts", rate * each, "facts/s")
            for percentile in ("p50", "p99"):
                figure(f"ingestion.{name}_latency_{percentile}", said[percentile] / 1e3, "ms")
            note(f"{name}: {said['requests']} requests in {said['seconds']:.1f} s over {options.connections} connections, all stored")
            stack.end(service)
            stack.drop_database(database)
