"""What every contender runs on: the broker, PostgreSQL, the document store, and the alert engine itself."""

import base64
import json
import os
import pwd
import shutil
import signal
import socket
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.processes import BenchError, Process, check, cpu_seconds, note, run, wait_until

ROOT = Path(__file__).resolve().parents[3]
HERE = ROOT / "Benchmarks" / "spine"
OBSERVATIONS = "health.observation.recorded.v1"
ALERT_TOPICS = ["health.alert.raised.v1", "health.alert.resolved.v1"]
# The mock cluster does not answer a waiting fetch when a record comes: every consumer asks again after this long.
FETCH_WAIT_MS = 10

# The same for all contenders. fsync and synchronous_commit stay on.
POSTGRES_SETTINGS = {
    "shared_buffers": "256MB", "max_wal_size": "2GB", "checkpoint_timeout": "15min", "wal_compression": "on",
    "max_connections": "100", "fsync": "on", "synchronous_commit": "on", "track_commit_timestamp": "on",
    "log_min_messages": "warning", "listen_addresses": "", "autovacuum": "on",
}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Stack:
    """A private directory, the servers in it, and the compiled programs. A context manager: it leaves nothing behind."""

    def __init__(self, engine, *, uses_documents, keeps_files):
        self.engine_program = engine
        self.uses_documents = uses_documents
        self.keeps_files = keeps_files
        self.processes = []
        self.broker = None
        self.brokers = None
        self.postgres = None
        self.databases = 0
        self.documents = None
        self.mongo_uri = None

    def __enter__(self):
        self.directory = Path(tempfile.mkdtemp(prefix="vitalstream-spine-"))
        os.chmod(self.directory, 0o755)
        try:
            self._compile()
            self._start_postgres()
            if self.uses_documents:
                self._start_documents()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_):
        self.stop_broker()
        for process in reversed(self.processes):
            process.stop()
        self.processes = []
        if self.keeps_files:
            note(f"files are kept in {self.directory}")
        else:
            shutil.rmtree(self.directory, ignore_errors=True)

    def begin(self, *arguments, **options):
        process = Process(*arguments, **options)
        self.processes.append(process)
        return process

    def end(self, process, seconds=30):
        """Stops one of the processes; its exit status."""
        status = process.stop(seconds)
        self.processes.remove(process)
        return status

    def end_leftovers(self):
        """Ends what a failed measurement left running; the servers stay."""
        for process in [one for one in self.processes if one not in (self.postgres, self.documents)]:
            self.end(process)

    def log(self, name):
        return self.directory / f"{name}.log"

    # --- The C programs ---------------------------------------------------------------------------------------------

    def _compile(self):
        contracts = ROOT / "Shared" / "CHealthContracts"
        flags = run(["pkg-config", "--cflags", "--libs", "rdkafka", "libpq", "libprotobuf-c"]).split()
        sources = {
            "broker": [], "publish": ["observation.pb-c.c"], "limit": ["observation.pb-c.c"], "alerts": ["alert.pb-c.c"],
        }
        for name, generated in sources.items():
            run(["cc", "-O2", "-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", f"-I{contracts}/include",
                 HERE / "src" / f"{name}.c", *[contracts / file for file in generated],
                 "-o", self.directory / name, *flags, "-lm"])

    def program(self, name, *arguments, seconds=300):
        """Runs one of the C programs and reads its line of JSON."""
        return json.loads(run([self.directory / name, *arguments], seconds=seconds))

    # --- The broker -------------------------------------------------------------------------------------------------

    def start_broker(self, partitions, others=()):
        """A new, empty log."""
        self.stop_broker()
        topics = [f"{OBSERVATIONS}:{partitions}", "health.deadletter.v1:4", *[f"{topic}:4" for topic in ALERT_TOPICS]]
        self.broker = Process([self.directory / "broker", *topics, *others], log=self.log("broker"), pipes=True)
        self.brokers = self.broker.child.stdout.readline().strip()
        check(self.brokers, f"the broker did not start: {self.broker.log_end()}")

    def stop_broker(self):
        if self.broker:
            self.broker.child.stdin.close()
            self.broker.stop()
            self.broker.child.stdout.close()
            self.broker = None

    def publish(self, patients, events, *, seconds=300, **options):
        arguments = ["--brokers", self.brokers, "--topic", OBSERVATIONS, "--patients", patients, "--events", events]
        for name, value in options.items():
            arguments += [f"--{name}", value]
        return self.program("publish", *arguments, seconds=seconds)

    # --- PostgreSQL -------------------------------------------------------------------------------------------------

    def _start_postgres(self):
        programs = Path("/usr/lib/postgresql/15/bin")
        check((programs / "postgres").exists(), "PostgreSQL 15 is not installed: run deploy/setup")
        # PostgreSQL refuses to run as root.
        self.postgres_user = "postgres" if os.geteuid() == 0 else None
        self.socket_directory = self.directory / "postgres"
        self.socket_directory.mkdir(mode=0o700)
        if self.postgres_user:
            entry = pwd.getpwnam(self.postgres_user)
            os.chown(self.socket_directory, entry.pw_uid, entry.pw_gid)
        data = self.socket_directory / "data"
        run([programs / "initdb", "-D", data, "-U", "postgres", "--auth-local=trust", "--auth-host=reject", "-E", "UTF8",
             "--locale=C.UTF-8"], user=self.postgres_user)
        settings = {**POSTGRES_SETTINGS, "unix_socket_directories": str(self.socket_directory)}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.postgres = self.begin(
            [programs / "postgres", "-D", data, *flags],
            log=self.log("postgres"), user=self.postgres_user, end_signal=signal.SIGINT)
        ready = [programs / "pg_isready", "-q", "-h", self.socket_directory]
        wait_until(lambda: os.spawnv(os.P_WAIT, ready[0], [str(part) for part in ready]) == 0, seconds=60,
                   what="PostgreSQL", process=self.postgres)
        self.sql("CREATE ROLE vitalstream LOGIN", database="postgres")

    def sql(self, text, database):
        """Runs SQL as the superuser; rows of fields as text."""
        output = run(["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", self.socket_directory,
                      "-U", "postgres", "-d", database, "-c", text], seconds=300)
        return [line.split("\t") for line in output.splitlines()]

    def new_database(self):
        """A new database with the engine's tables, after a checkpoint, so that each run meets the same server."""
        self.databases += 1
        name = f"run{self.databases}"
        self.sql(f"CREATE DATABASE {name} OWNER vitalstream", database="postgres")
        run([self.engine_program, "migrate"], environment=self.engine_environment(name, port=0))
        self.sql("CHECKPOINT", database="postgres")
        return name

    def drop_database(self, name):
        self.sql(f"DROP DATABASE {name} WITH (FORCE)", database="postgres")

    def conninfo(self, database):
        return f"host={self.socket_directory} user=vitalstream dbname={database}"

    # --- The document store -----------------------------------------------------------------------------------------

    def _start_documents(self):
        program = ROOT / ".venv" / "bin" / "nx-27017"
        if not program.exists():
            note("no .venv/bin/nx-27017 (deploy/setup makes it): the engine writes no alert documents in this run")
            return
        port = free_port()
        data = self.directory / "documents"
        data.mkdir()
        self.documents = self.begin(
            [program, "--data-dir", data, "--host", "127.0.0.1", "--port", port, "--pid-file", data / "pid",
             "--log-file", self.log("documents-own")], log=self.log("documents"))

        def listens():
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0

        wait_until(listens, seconds=60, what="the document store", process=self.documents)
        self.mongo_uri = f"mongodb://127.0.0.1:{port}"

    # --- The alert engine -------------------------------------------------------------------------------------------

    def engine_environment(self, database, port, instance="spine"):
        environment = {
            "VITALSTREAM_PROFILE": "development", "VITALSTREAM_SERVICE_INSTANCE": instance,
            "VITALSTREAM_HTTP_PORT": str(port), "VITALSTREAM_LOG_LEVEL": "warning",
            "VITALSTREAM_KAFKA_BOOTSTRAP": self.brokers or "127.0.0.1:1",
            "VITALSTREAM_KAFKA_OVERRIDES": f"fetch.wait.max.ms={FETCH_WAIT_MS}",
            "VITALSTREAM_POSTGRES_HOST": str(self.socket_directory), "VITALSTREAM_POSTGRES_USER": "vitalstream",
            "VITALSTREAM_POSTGRES_DATABASE": database, "VITALSTREAM_POSTGRES_TLS": "disable",
            "VITALSTREAM_CRYPTO_PAYLOAD_KEY": base64.b64encode(bytes(range(32))).decode(),
        }
        if self.mongo_uri:
            environment["VITALSTREAM_MONGO_URI"] = self.mongo_uri
            environment["VITALSTREAM_MONGO_DATABASE"] = database
        return environment

    def start_engine(self, database):
        """`alert-engine serve`, once it says that it is ready."""
        port = free_port()
        engine = self.begin(
            [self.engine_program, "serve"], log=self.log(f"alert-engine-{database}"),
            environment=self.engine_environment(database, port))

        def is_ready():
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
                    return answer.status == 200
            except OSError:
                return False

        wait_until(is_ready, seconds=60, what="alert-engine", process=engine, step=0.02)
        return engine

    def wait_for_position(self, database, events, engine, seconds=300):
        """Waits until the engine's positions have reached the end of the log."""
        deadline = time.monotonic() + seconds
        while True:
            reached = int(self.sql("SELECT coalesce(sum(next_offset), 0) FROM alert_engine.stream_position", database)[0][0])
            if reached >= events:
                return
            if not engine.is_running():
                raise BenchError(f"alert-engine ended at {reached} of {events}: {engine.log_end()}")
            if time.monotonic() > deadline:
                raise BenchError(f"alert-engine stands at {reached} of {events} after {seconds} s: {engine.log_end()}")
            time.sleep(0.25)

    def stop_engine(self, engine):
        status = self.end(engine)
        if status != 0:
            note(f"alert-engine ended with {status}: {engine.log_end(400)}")

    def inbox(self, database):
        """What the table says of a run: (rows, first BEGIN, last COMMIT) in seconds since the epoch, by the server's clock."""
        rows, first, last = self.sql(
            "SELECT count(*), extract(epoch FROM min(received_at)), extract(epoch FROM max(pg_xact_commit_timestamp(xmin)))"
            " FROM alert_engine.inbox", database)[0]
        return int(rows), float(first), float(last)

    def cpu(self, engine=None):
        """Processor seconds so far of (the engine, PostgreSQL with its children, the broker)."""
        return (
            cpu_seconds(engine.pid) if engine else 0.0,
            cpu_seconds(self.postgres.pid, with_children=True),
            cpu_seconds(self.broker.pid),
        )
