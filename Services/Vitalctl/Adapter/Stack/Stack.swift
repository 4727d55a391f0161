import Contracts
import Foundation
import KafkaClient
import Logging
import PostgresClient
import Synchronization
import VitalctlCore

/// The embedded stack, hosted by this process: the broker inside it; PostgreSQL, the document store and the services as its children.
final class Stack: Sendable {
    private struct Parts {
        var broker: EmbeddedBroker?
        var postgres: SupervisedProcess?
        var documents: SupervisedProcess?
        var services: [SupervisedProcess] = []
        var state: StackState?
    }

    let directory: StateDirectory
    private let options: StackOptions
    private let logger: Logger
    private let progress: @Sendable (String) -> Void
    private let parts = Mutex(Parts())

    /// A stack that tells `progress` what it is doing.
    init(_ options: StackOptions, logger: Logger, progress: @escaping @Sendable (String) -> Void) {
        self.options = options
        directory = options.place.directory
        self.logger = logger
        self.progress = progress
    }

    /// What runs, once ``start()`` has returned.
    var state: StackState? { parts.withLock { $0.state } }

    /// Starts the stores, migrates, starts the services and waits until each says that it is ready.
    ///
    /// - Throws: ``VitalctlError``; then ``stop()`` takes down what had been started.
    func start() async throws {
        try directory.prepare()
        try directory.lock()
        // Everything that can be missing is looked for before anything is started.
        let executables = try options.serviceNames.map { ($0, try ProgramSearch.service($0)) }
        let documentStore = try ProgramSearch.documentStore()

        let broker = try startBroker()
        let postgres = try await startPostgres()
        let documents = try await startDocuments(documentStore)
        guard let supervisor = StackState.ProcessName(pid: getpid()) else {
            throw VitalctlError(.processFailed, operation: "up", detail: "/proc cannot be read")
        }
        parts.withLock { parts in
            parts.state = StackState(
                supervisor: supervisor, isReady: false, startedAt: Date().ISO8601Format(),
                kafka: .init(bootstrapServers: broker), postgres: postgres, mongo: documents, services: [])
        }
        publishState()

        for (name, path) in executables {
            progress("migrating \(name)")
            try await Self.migrate(name, executable: path, environment: environment(of: name, port: 0), in: directory)
        }
        try await restartLog(postgres)
        var ports: [String: Int] = [:]
        for (name, path) in executables {
            let port = try Loopback.freePort()
            ports[name] = port
            progress("starting \(name)")
            let process = SupervisedProcess(
                ChildProcess.Command(
                    name: name, program: path, arguments: ["serve"], environment: environment(of: name, port: port),
                    logFile: directory.logFile(name)),
                logger: logger, changed: { [weak self] in self?.publishState() })
            parts.withLock { parts in
                parts.services.append(process)
                parts.state?.services.append(
                    .init(
                        name: name, process: nil, url: "http://127.0.0.1:\(port)", port: port, restarts: 0,
                        logFile: directory.logFile(name)))
            }
            try await process.start()
        }
        for (name, _) in executables { try await waitUntilReady(name, port: ports[name] ?? 0) }
        parts.withLock { $0.state?.isReady = true }
        publishState()
    }

    /// Keeps the children running; returns after ``stop()``.
    func supervise() async {
        let processes = parts.withLock { [$0.postgres, $0.documents].compactMap { $0 } + $0.services }
        await withTaskGroup { group in
            for process in processes { group.addTask { await process.supervise() } }
        }
    }

    /// Stops in order: the services drain, then the document store and PostgreSQL, then the broker. Safe to call twice.
    func stop() async {
        let (services, documents, postgres) = parts.withLock { ($0.services, $0.documents, $0.postgres) }
        await withTaskGroup { group in
            for service in services {
                group.addTask { [progress] in
                    progress("stopping \(service.name)")
                    await service.stop(patience: .seconds(30))
                }
            }
        }
        if documents != nil || postgres != nil { progress("stopping the stores") }
        await documents?.stop(patience: .seconds(10))
        await postgres?.stop(patience: .seconds(30))
        parts.withLock { parts in
            parts.broker?.close()
            let hadState = parts.state != nil
            parts = Parts()
            if hadState { directory.removeState() }
        }
    }

    // MARK: - Parts

    private func startBroker() throws -> String {
        progress("starting the broker")
        let broker = try EmbeddedBroker(brokers: options.brokers, logger: logger)
        for topic in options.topics { try broker.createTopic(topic.name, partitions: topic.partitions) }
        parts.withLock { $0.broker = broker }
        return broker.bootstrapServers
    }

    private func startPostgres() async throws -> StackState.Postgres {
        progress("starting PostgreSQL")
        let server = try EmbeddedPostgres(state: directory, port: Loopback.freePort())
        try await server.initialise()
        let process = SupervisedProcess(
            try server.command(), stopSignal: SIGINT, logger: logger, changed: { [weak self] in self?.publishState() })
        parts.withLock { $0.postgres = process }
        try await process.start()
        try await server.prepare(process, logger: logger)
        return StackState.Postgres(
            process: nil, host: "127.0.0.1", port: server.port, user: EmbeddedPostgres.role,
            database: EmbeddedPostgres.database, passwordFile: directory.postgresPasswordFile)
    }

    private func startDocuments(_ program: String) async throws -> StackState.Mongo {
        progress("starting the document store")
        let port = try Loopback.freePort()
        let process = SupervisedProcess(
            ChildProcess.Command(
                name: "nx-27017", program: program,
                arguments: [
                    "--data-dir", directory.path("mongo"), "--host", "127.0.0.1", "--port", "\(port)",
                    "--pid-file", directory.path("mongo/nx-27017.pid"), "--log-file",
                    directory.path("log/nx-27017.own.log"),
                ],
                environment: ["PYTHONUNBUFFERED": "1"], logFile: directory.logFile("nx-27017"),
                directory: directory.folder.path),
            logger: logger, changed: { [weak self] in self?.publishState() })
        // A pid file that a killed server left behind would keep the next one from starting.
        unlink(directory.path("mongo/nx-27017.pid"))
        parts.withLock { $0.documents = process }
        try await process.start()
        try await wait(for: "the document store", seconds: 60, process) { Loopback.isListening(port) }
        return StackState.Mongo(process: nil, uri: "mongodb://127.0.0.1:\(port)", database: "vitalstream")
    }

    /// The embedded log is new and empty at each start, while PostgreSQL remembers the offsets of the last one.
    private func restartLog(_ postgres: StackState.Postgres) async throws {
        let pool = try Endpoints.pool(postgres, size: 1, logger: logger)
        let schemas = options.serviceNames.map(ServiceSchema.name)
        let result = await Result {
            try await pool.transaction { connection in
                for schema in schemas where try ServiceSchema.exists(schema, on: connection) {
                    try connection.execute(
                        "UPDATE \(PostgresIdentifier.quoted(schema)).stream_position SET next_offset = 0 WHERE topic = ANY($1)",
                        [.textArray(Topic.all)])
                }
            }
        }
        await pool.close()
        try result.get()
    }

    private func waitUntilReady(_ name: String, port: Int) async throws {
        progress("waiting for \(name)")
        let process = parts.withLock { $0.services.first { $0.name == name } }
        try await wait(for: name, seconds: 60, process) { Loopback.get("/readyz", port: port)?.status == 200 }
    }

    private func wait(
        for name: String, seconds: Int, _ process: SupervisedProcess?, until condition: @escaping @Sendable () -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while await !OffPool.run(condition) {
            let log = process.map { "; see \($0.command.logFile)" } ?? ""
            if let ending = process?.ending {
                throw VitalctlError(.processFailed, operation: "start \(name)", detail: "it \(ending)\(log)")
            }
            guard ContinuousClock.now < deadline else {
                throw VitalctlError(
                    .timedOut, operation: "start \(name)", detail: "it is not ready after \(seconds) s\(log)")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func environment(of service: String, port: Int) -> [String: String] {
        guard let state = parts.withLock({ $0.state }) else { return [:] }
        var environment = ServiceEnvironment.variables(state, directory: directory)
        environment["VITALSTREAM_SERVICE_INSTANCE"] = "\(service)-1"
        environment["VITALSTREAM_LOG_LEVEL"] = options.logLevel
        if port > 0 { environment["VITALSTREAM_HTTP_PORT"] = "\(port)" }
        return environment
    }

    private func publishState() {
        let state = parts.withLock { parts -> StackState? in
            parts.state?.postgres.process = parts.postgres?.pid.flatMap(StackState.ProcessName.init)
            parts.state?.mongo.process = parts.documents?.pid.flatMap(StackState.ProcessName.init)
            for process in parts.services {
                guard let index = parts.state?.services.firstIndex(where: { $0.name == process.name }) else { continue }
                parts.state?.services[index].process = process.pid.flatMap(StackState.ProcessName.init)
                parts.state?.services[index].restarts = process.restarts
            }
            return parts.state
        }
        guard let state else { return }
        do {
            try directory.write(state)
        } catch {
            logger.error("state.json cannot be written", metadata: ["error": "\(error)"])
        }
    }

    /// Runs `<executable> migrate`.
    static func migrate(
        _ name: String, executable: String, environment: [String: String], in directory: StateDirectory
    ) async throws {
        let log = directory.logFile("\(name)-migrate")
        let child = try await ChildProcess.start(
            ChildProcess.Command(
                name: "\(name) migrate", program: executable, arguments: ["migrate"], environment: environment,
                logFile: log))
        let ending = await child.end()
        guard ending == .exited(0) else {
            throw VitalctlError(.processFailed, operation: "migrate \(name)", detail: "it \(ending); see \(log)")
        }
    }
}
