import ArgumentParser
import Domain
import Foundation
import VitalctlCore

/// `vitalctl status`
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the health of the services, and how far each group is behind.",
        discussion: """
            Lag is counted in records that the log still has; "lost" are records that the log dropped before they were handled. Event age is \
            how far the stream time of a partition (the latest event time seen, less the lateness that is allowed) trails the clock.
            """)

    @OptionGroup var endpoints: EndpointOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Show each partition.")
    var partitions = false

    struct Health: Encodable {
        let name: String
        let url: String
        let isReady: Bool
        let isAlive: Bool
        let restarts: Int
    }

    private struct Answer: Encodable {
        let services: [Health]
        let lags: [PartitionLag]
        let unsentEvents: [String: Int64]
        let unsentDocuments: [String: Int64]
        let parked: [String: Int64]
        let deadLetters: [String: Int64]
        let isDrained: Bool
    }

    func run() async throws {
        let console = Console()
        let endpoints = try endpoints.resolve(logger: output.logger)
        let reader = try FlowReader(endpoints)
        let health = await Self.health(of: endpoints.state)
        let result = await Result { try await reader.read() }
        await reader.close()
        let reading = try result.get()
        if output.json {
            try console.json(
                Answer(
                    services: health, lags: reading.lags, unsentEvents: reading.unsentEvents,
                    unsentDocuments: reading.unsentDocuments, parked: reading.parked, deadLetters: reading.deadLetters,
                    isDrained: reading.isDrained))
        } else {
            show(health, reading, console)
        }
        if health.contains(where: { !$0.isReady }) { throw ExitCode(1) }
    }

    /// Asks each service of the stack.
    static func health(of state: StackState?) async -> [Health] {
        var health: [Health] = []
        for service in state?.services ?? [] {
            let port = service.port
            let isReady = await OffPool.run { Loopback.get("/readyz", port: port)?.status == 200 }
            health.append(
                Health(
                    name: service.name, url: service.url, isReady: isReady, isAlive: service.process?.isAlive ?? false,
                    restarts: service.restarts))
        }
        return health
    }

    private func show(_ health: [Health], _ reading: FlowReading, _ console: Console) {
        let paint = Console.outputPaint
        for service in health {
            let mark = service.isReady ? paint(.green, "ready") : paint(.red, service.isAlive ? "not ready" : "dead")
            let restarts = service.restarts > 0 ? paint(.yellow, ", \(service.restarts) restarts") : ""
            console.out("\(paint(.bold, service.name)) \(mark)\(restarts)  \(service.url)")
        }
        if !health.isEmpty { console.out("") }
        var rows: [[String]] = []
        for group in Set(reading.lags.map(\.group)).sorted() {
            let lags = reading.lags(of: group)
            for topic in Set(lags.map(\.topic)).sorted() {
                let own = lags.filter { $0.topic == topic }
                let total = PartitionLag.total(own)
                rows.append(
                    row(
                        group, topic, "all", total.records, total.worst, total.lost,
                        own.compactMap(\.eventAgeSeconds).max()))
                guard partitions else { continue }
                for lag in own.sorted(by: { $0.partition < $1.partition }) {
                    rows.append(
                        row("", "", "\(lag.partition)", lag.records, lag.records, lag.lostRecords, lag.eventAgeSeconds))
                }
            }
        }
        let head = ["group", "topic", "partition", "lag", "worst", "lost", "event age"]
        for line in HumanText.table(head, rows) { console.out(line) }
        console.out("")
        let waiting = [
            ("unsent events", reading.unsentEvents), ("unsent documents", reading.unsentDocuments),
            ("parked", reading.parked), ("dead letters", reading.deadLetters),
        ]
        for (label, counts) in waiting {
            let text = counts.sorted { $0.key < $1.key }.map { "\($0.key) \(HumanText.count($0.value))" }
            console.out("\(label): \(text.isEmpty ? "unknown" : text.joined(separator: ", "))")
        }
        console.out(reading.isDrained ? paint(.green, "drained") : paint(.yellow, "working"))
    }

    private func row(
        _ group: String, _ topic: String, _ partition: String, _ lag: Int64, _ worst: Int64, _ lost: Int64,
        _ age: Double?
    ) -> [String] {
        [
            group, topic, partition, HumanText.count(lag), HumanText.count(worst), HumanText.count(lost),
            age.map { HumanText.duration(.milliseconds(Int64($0 * 1000))) } ?? "-",
        ]
    }
}
