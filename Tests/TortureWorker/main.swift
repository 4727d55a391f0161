import Dispatch
import Foundation
import KafkaClient
import LedgerFixture
import Logging
import PostgresClient

// One instance of the ledger service, to be killed, stopped and cut by TortureTests. Everything it is told stands in the environment:
// TORTURE_BROKERS, TORTURE_DATABASE (a URL), TORTURE_WRITER, TORTURE_BATCH (records), and TORTURE_FAULT (`point:count:signal`).

let environment = ProcessInfo.processInfo.environment
guard let brokers = environment["TORTURE_BROKERS"], let database = environment["TORTURE_DATABASE"],
    let writer = environment["TORTURE_WRITER"]
else {
    FileHandle.standardError.write(
        Data("torture-worker: TORTURE_BROKERS, TORTURE_DATABASE and TORTURE_WRITER are needed\n".utf8))
    exit(64)
}
var logger = Logger(label: "torture-worker") { StreamLogHandler.standardOutput(label: $0) }
logger.logLevel = .warning

var settings = try PostgresConfiguration(url: database)
settings.searchPath = ["ledger"]
settings.poolSize = 6
settings.idleInTransactionTimeout = .seconds(Int64(environment["TORTURE_IDLE_SECONDS"] ?? "") ?? 4)
var configuration = LedgerStream.configuration(instance: writer)
configuration.maximumBatchRecords = Int(environment["TORTURE_BATCH"] ?? "") ?? 64
configuration.linger = .zero
configuration.sessionTimeout = .milliseconds(Int64(environment["TORTURE_SESSION_MS"] ?? "") ?? 3_000)
configuration.byteBudget = Int(environment["TORTURE_BUDGET"] ?? "") ?? 256 << 10

let pool = PostgresPool(settings, logger: logger)
let application = try LedgerStream.application(
    writer: writer, configuration: configuration,
    kafka: KafkaConfiguration(
        bootstrapServers: brokers, clientID: writer,
        overrides: EmbeddedBroker.clientOverrides.merging(["queued.max.messages.kbytes": "256"]) { $1 }),
    pool: pool, logger: logger, probe: try environment["TORTURE_FAULT"].map(FaultProbe.init(specification:)))

// Whoever started us holds the other end of our standard input: when it is gone, so are we.
Thread.detachNewThread {
    while FileHandle.standardInput.availableData.isEmpty == false {}
    _exit(9)
}

signal(SIGTERM, SIG_IGN)
let termination = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
termination.setEventHandler { @Sendable in application.stop() }
termination.resume()
say("started")
try await application.run()
await pool.close()
say("stopped")
exit(0)
