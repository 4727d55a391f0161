import Contracts
import Cryptography
import Domain
import Foundation
import PostgresClient
import Synchronization
import VitalctlCore

/// One run: publishes the feed, shows the flow and the alerts, waits until everything has drained, and sums up.
final class RunSession: Sendable {
    private struct State {
        var part: Double?
        var reading = FlowReading()
        var isDrained = false
    }

    /// An alert as an object, for `--json`.
    private struct AlertLine: Encodable {
        let kind = "alert"
        let rule: String
        let severity: String
        let transition: String
        let patient: String
        let effectiveAt: String
        let summary: String
    }

    private static let linesPerLook = 12
    private let endpoints: Endpoints
    private let source: RunFeed
    private let console: Console
    private let isJSON: Bool
    private let interrupt: Interrupt
    private let reader: FlowReader
    private let publisher: FeedPublisher
    private let board = AlertBoard()
    private let state = Mutex(State())
    private let startedAt = ContinuousClock.now

    init(
        _ endpoints: Endpoints, source: RunFeed, rate: Double?, console: Console, isJSON: Bool, interrupt: Interrupt
    ) throws {
        self.endpoints = endpoints
        self.source = source
        self.console = console
        self.isJSON = isJSON
        self.interrupt = interrupt
        reader = try FlowReader(endpoints)
        publisher = try FeedPublisher(endpoints, reader: reader, rate: rate)
    }

    /// Runs to the end of the feed and until everything has drained, or until a signal comes; prints the summary.
    func run(once: Bool) async throws {
        let alerts = try TopicReader.start(
            [Topic.alertRaised, Topic.alertResolved], fromBeginning: true, endpoints.kafka, logger: endpoints.logger
        ) { [board] in board.take($0) }
        let result = await Result {
            let began = ContinuousClock.now
            try await withThrowingTaskGroup { group in
                group.addTask { [self] in
                    try await feed()
                    try await drain()
                }
                group.addTask { [self] in
                    while true {
                        try await Task.sleep(for: .milliseconds(500))
                        show(began)
                    }
                }
                group.addTask { [interrupt] in await interrupt.wait() }
                try await group.next()
                group.cancelAll()
            }
            return try await self.summary(began)
        }
        await alerts.close()
        await reader.close()
        console.clear()
        let done = try result.get()
        if isJSON { try console.json(done) } else { done.lines(Console.outputPaint).forEach(console.out) }
    }

    private func feed() async throws {
        try await publisher.publishing { [self] publisher in
            try await source.publish(
                to: publisher, part: { part in state.withLock { $0.part = part } },
                failure: { [console] in console.note(console.paint(.red, "\($0.error)")) })
        }
    }

    /// Waits until two looks in a row, upstream first, have shown nothing on its way.
    private func drain() async throws {
        var calm = 0
        while calm < 2 {
            try await Task.sleep(for: .milliseconds(200))
            let reading = try await reader.read()
            calm = reading.isDrained ? calm + 1 : 0
            state.withLock { $0.reading = reading }
        }
        // The alerts that the broker has are still on their way to us.
        let due = state.withLock {
            ($0.reading.written[Topic.alertRaised] ?? 0) + ($0.reading.written[Topic.alertResolved] ?? 0)
        }
        let deadline = ContinuousClock.now + .seconds(10)
        while Int64(board.received) < due, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(20))
        }
        state.withLock { $0.isDrained = true }
    }

    private func show(_ began: ContinuousClock.Instant) {
        let fresh = board.takeFresh().sorted { $0.alert.severity.rank > $1.alert.severity.rank }
        for entry in fresh.prefix(Self.linesPerLook) { showAlert(entry.alert) }
        if fresh.count > Self.linesPerLook, !isJSON {
            console.out(console.paint(.dim, "  … and \(fresh.count - Self.linesPerLook) more in this half second"))
        }
        var view = RunView()
        view.published = publisher.counts
        view.elapsed = began.duration(to: .now)
        (view.alerts, view.resolved) = board.counts
        state.withLock { state in
            view.part = state.part
            view.reading = (state.part ?? 0) < 1 ? publisher.reading : state.reading
        }
        let shown = view
        if isJSON {
            console.everyTwoSeconds { try? console.json(RunProgress(shown)) }
        } else {
            console.live(shown.lines(width: console.width, paint: console.paint), plain: shown.plain)
        }
    }

    private func showAlert(_ alert: Alert) {
        if isJSON {
            try? console.json(
                AlertLine(
                    rule: alert.rule, severity: alert.severity.rawValue, transition: alert.transition.rawValue,
                    patient: alert.patient.rawValue, effectiveAt: alert.effectiveAt.iso8601, summary: alert.summary))
            return
        }
        let severity = alert.severity.rawValue
        let padded = severity + String(repeating: " ", count: max(0, 10 - severity.count))
        console.out(
            "\(alert.effectiveAt.iso8601.prefix(16))Z  \(Console.outputPaint.severity(alert.severity.rank, padded))  "
                + "\(alert.patient.rawValue)  \(alert.rule)  \(alert.summary)")
    }

    private func summary(_ began: ContinuousClock.Instant) async throws -> RunSummary {
        var summary = RunSummary()
        let counts = publisher.counts
        let reading = try await reader.read()
        summary.isDrained = state.withLock { $0.isDrained }
        summary.recordsPublished = counts.records
        summary.itemsPublished = counts.items
        summary.bytesPublished = counts.bytes
        summary.observationsRecorded = reading.written[Topic.observationRecorded] ?? 0
        let notFacts = [
            Topic.alertRaised, Topic.alertResolved, Topic.phenotypeDetermined, Topic.recommendationMade,
            Topic.knowledgeReleased, Topic.reevaluationRequested, Topic.deadLetter,
        ]
        summary.eventsRecorded = Topic.events.filter { !notFacts.contains($0) }
            .reduce(0) { $0 + (reading.written[$1] ?? 0) }
        summary.phenotypesDetermined = reading.written[Topic.phenotypeDetermined] ?? 0
        summary.recommendationsMade = reading.written[Topic.recommendationMade] ?? 0
        summary.drugAlerts = board.entries.count {
            $0.alert.rule == "pharmacogenomics" && $0.alert.transition != .resolved
        }
        let alerts = board.counts
        summary.alertsBySeverity = Dictionary(
            uniqueKeysWithValues: alerts.bySeverity.map { ($0.severity.rawValue, $0.count) })
        summary.alertsResolved = alerts.resolved
        summary.deadLetters = reading.deadLetters.values.reduce(0, +)
        summary.recordsLost = PartitionLag.total(reading.lags).lost
        summary.seconds = began.duration(to: .now) / .seconds(1)
        summary.itemsPerSecond = summary.seconds > 0 ? Double(counts.items) / summary.seconds : 0
        // A drug's alert has no moment of deterioration: it is neither early nor late.
        let raised = board.entries.filter { $0.alert.transition != .resolved && $0.alert.rule != "pharmacogenomics" }
        let pool = try endpoints.pool(size: 1)
        let latencies = await Result { try await RunSummary.latencies(of: raised, pool: pool) }
        await pool.close()
        switch latencies {
        case .success(let measured): summary.latencyMilliseconds = LatencySummary(measured)
        case .failure(let error): console.note("the latency could not be measured: \(error)")
        }
        let planted = source.planted
        summary.judge(raised, planted: planted, pseudonyms: try pseudonyms(of: planted))
        return summary
    }

    /// The pseudonyms under which the stack knows the people with planted deteriorations.
    private func pseudonyms(of planted: [PlantedDeterioration]) throws -> [String: String] {
        guard !planted.isEmpty else { return [:] }
        let key = try SymmetricKey(hexadecimal: endpoints.directory.secret(endpoints.directory.pseudonymKeyFile))
        let pseudonymizer = try Pseudonymizer(tenant: "default", key: key, keyVersion: 1)
        return Dictionary(
            uniqueKeysWithValues: try planted.map {
                (
                    $0.person,
                    try pseudonymizer.pseudonym(system: "urn:vitalstream:patient", identifier: $0.person).rawValue
                )
            })
    }
}
