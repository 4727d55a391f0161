import Contracts
import VitalctlCore

/// The live view of a run.
struct RunView: Sendable {
    var published = FeedPublisher.Counts()
    var part: Double?
    var reading = FlowReading()
    var alerts: [(severity: Alert.Severity, count: Int)] = []
    var resolved = 0
    var elapsed = Duration.zero

    /// Records of the feed topics that Ingestion has handled.
    var ingested: Int64 {
        reading.lags.filter { FeedTopic(rawValue: $0.topic) != nil }.reduce(0) { $0 + ($1.position ?? 0) }
    }

    private var seconds: Double { max(elapsed / .seconds(1), 0.001) }

    private var alertText: String {
        alerts.map { "\($0.severity.rawValue) \(HumanText.count($0.count))" }.joined(separator: ", ")
    }

    private var lagText: String {
        Set(reading.lags.map(\.group)).sorted().map { group in
            "\(group) \(HumanText.count(PartitionLag.total(reading.lags(of: group)).records))"
        }.joined(separator: ", ")
    }

    /// What has been decided and has not left: events, and documents where they have been counted (after the feed's end).
    private var unsentText: String {
        let documents = reading.unsentDocuments.values.reduce(0, +)
        return HumanText.count(reading.unsentEvents.values.reduce(0, +)) + " events"
            + (documents > 0 ? ", \(HumanText.count(documents)) documents" : "")
    }

    private var observations: Int64 { reading.written[Topic.observationRecorded] ?? 0 }

    /// The view for a terminal.
    func lines(width: Int, paint: Paint) -> [String] {
        let rate = HumanText.count(Int(Double(published.items) / seconds))
        return [
            ProgressBar.line(
                label: "feed", part: part, note: "\(HumanText.count(published.items)) items  \(rate)/s",
                elapsed: elapsed,
                width: width),
            "ingested \(HumanText.count(ingested)) of \(HumanText.count(published.records)) records, "
                + "\(HumanText.count(observations)) observations",
            "lag      \(lagText); outbox \(unsentText)"
                + (published.waitingFor.map { paint(.dim, "  (waiting: \($0))") } ?? ""),
            "alerts   \(alertText); resolved \(HumanText.count(resolved))",
        ].map { $0.count > width + 12 ? String($0.prefix(width + 11)) : $0 }
    }

    /// The view as one line.
    var plain: String {
        let percent = part.map { " (\(Int($0 * 100))%)" } ?? ""
        return "\(HumanText.duration(elapsed)): published \(HumanText.count(published.items)) items\(percent), "
            + "ingested \(HumanText.count(ingested)) records, observations \(HumanText.count(observations)), "
            + "\(HumanText.count(Int(Double(published.items) / seconds)))/s, lag \(lagText), outbox \(unsentText), "
            + "alerts \(alertText)"
    }
}

/// The live view as an object, for `--json`.
struct RunProgress: Encodable {
    let kind = "progress"
    let seconds: Double
    let recordsPublished: Int
    let itemsPublished: Int
    let recordsIngested: Int64
    let observations: Int64
    let lag: [String: Int64]
    let unsentEvents: Int64
    let unsentDocuments: Int64
    let alerts: [String: Int]

    init(_ view: RunView) {
        seconds = view.elapsed / .seconds(1)
        recordsPublished = view.published.records
        itemsPublished = view.published.items
        recordsIngested = view.ingested
        observations = view.reading.written[Topic.observationRecorded] ?? 0
        lag = Dictionary(grouping: view.reading.lags, by: \.group).mapValues { PartitionLag.total($0).records }
        unsentEvents = view.reading.unsentEvents.values.reduce(0, +)
        unsentDocuments = view.reading.unsentDocuments.values.reduce(0, +)
        alerts = Dictionary(uniqueKeysWithValues: view.alerts.map { ($0.severity.rawValue, $0.count) })
    }
}
