import Contracts
import Domain
import PostgresClient
import VitalctlCore

/// What a run has done, for people and programs.
struct RunSummary: Encodable, Sendable {
    struct Detection: Encodable, Sendable {
        let person: String
        let pseudonym: String
        let onset: String
        let isDetected: Bool
        let rule: String?
        let severity: Int?
        /// Event time from the onset to the first urgent alert.
        let hoursAfterOnset: Double?
        /// Event time from that alert to the height of the deterioration.
        let hoursBeforePeak: Double?
    }

    var kind = "summary"
    var isDrained = false
    var recordsPublished = 0
    var itemsPublished = 0
    var bytesPublished = 0
    var observationsRecorded: Int64 = 0
    var eventsRecorded: Int64 = 0
    var phenotypesDetermined: Int64 = 0
    var recommendationsMade: Int64 = 0
    /// Alerts of pharmacogenomics about a drug that is taken; they are among the others too.
    var drugAlerts = 0
    var alertsBySeverity: [String: Int] = [:]
    var alertsResolved = 0
    var deadLetters: Int64 = 0
    var recordsLost: Int64 = 0
    /// From the first record published to the last effect seen.
    var seconds: Double = 0
    /// Items published in `seconds`, each second.
    var itemsPerSecond: Double = 0
    /// See ``latencyDefinition``.
    var latencyMilliseconds: LatencySummary?
    var latencyDefinition = RunSummary.latencyText
    var detections: [Detection] = []
    var otherUrgentAlerts = 0

    /// What exactly is measured.
    static let latencyText =
        "from the Kafka timestamp of the feed record that carried the triggering observation (set when vitalctl hands it to its "
        + "producer; carried as received_at_us) to the Kafka timestamp of the alert record (set when AlertEngine hands it to its "
        + "producer); both in whole milliseconds of one clock; the time that a record waits in the log counts"

    /// The latencies of `entries`, in milliseconds; alerts whose trigger is not found in the database are left out.
    static func latencies(of entries: [AlertBoard.Entry], pool: PostgresPool) async throws -> [Double] {
        var latencies: [Double] = []
        for start in stride(from: 0, to: entries.count, by: 5_000) {
            let chunk = entries[start..<min(start + 5_000, entries.count)]
            let ids = Set(chunk.map(\.alert.triggerEventID))
            let received = try await pool.withConnection { connection in
                let result = try connection.execute(
                    """
                    SELECT event_id, received_at FROM bi.observation_v1 WHERE event_id = ANY($1)
                    """, [.uuidArray(ids.map { UUIDBytes(hi: $0.high, lo: $0.low) })])
                var received: [EventID: Int64] = [:]
                for row in 0..<result.rowCount {
                    let id = try result.uuid(row, 0)
                    received[EventID(high: id.hi, low: id.lo)] = try result.timestamp(row, 1)
                }
                return received
            }
            for entry in chunk {
                guard let time = received[entry.alert.triggerEventID] else { continue }
                latencies.append(Double(entry.publishedAt.microseconds - time) / 1000)
            }
        }
        return latencies
    }

    /// Judges the alerts by the ground truth. People of the feed are found by their pseudonyms.
    mutating func judge(
        _ entries: [AlertBoard.Entry], planted: [PlantedDeterioration], pseudonyms: [String: String]
    ) {
        let people = Dictionary(pseudonyms.map { ($0.value, $0.key) }) { first, _ in first }
        let sightings = entries.filter { $0.alert.transition != .resolved }.map { entry in
            AlertSighting(
                person: people[entry.alert.patient.rawValue] ?? entry.alert.patient.rawValue, rule: entry.alert.rule,
                severity: entry.alert.severity.rank, effectiveAt: entry.alert.effectiveAt)
        }
        let report = DetectionReport(planted: planted, alerts: sightings)
        otherUrgentAlerts = report.others
        detections = report.rows.map { row in
            Detection(
                person: row.planted.person, pseudonym: pseudonyms[row.planted.person] ?? "",
                onset: row.planted.onset.iso8601, isDetected: row.first != nil, rule: row.first?.rule,
                severity: row.first?.severity, hoursAfterOnset: row.delay.map { $0 / .seconds(3600) },
                hoursBeforePeak: row.warning.map { $0 / .seconds(3600) })
        }
    }

    /// The summary as lines for people.
    func lines(_ paint: Paint) -> [String] {
        var lines = [
            paint(.bold, isDrained ? "drained" : "not drained"),
            "published   \(HumanText.count(itemsPublished)) items in \(HumanText.count(recordsPublished)) records, "
                + "\(HumanText.bytes(bytesPublished)), in \(HumanText.tenths(seconds)) s: \(HumanText.count(Int(itemsPerSecond))) items/s",
            "recorded    \(HumanText.count(observationsRecorded)) observations, \(HumanText.count(eventsRecorded)) events in all; "
                + "\(HumanText.count(deadLetters)) dead letters, \(HumanText.count(recordsLost)) records lost",
            "alerts      "
                + ["high", "medium", "low-medium", "low"].map { "\($0) \(HumanText.count(alertsBySeverity[$0] ?? 0))" }
                .joined(separator: ", ") + "; resolved \(HumanText.count(alertsResolved))",
        ]
        if phenotypesDetermined > 0 {
            lines.append(
                "genes       \(HumanText.count(phenotypesDetermined)) phenotypes, \(HumanText.count(recommendationsMade)) recommendations, "
                    + "\(HumanText.count(drugAlerts)) alerts about drugs that are taken")
        }
        if let latency = latencyMilliseconds {
            lines.append(
                "latency     p50 \(HumanText.tenths(latency.p50)) ms, p95 \(HumanText.tenths(latency.p95)) ms, "
                    + "p99 \(HumanText.tenths(latency.p99)) ms, max \(HumanText.tenths(latency.maximum)) ms "
                    + "over \(HumanText.count(latency.count)) alerts")
            lines.append(paint(.dim, "            event to alert: \(latencyDefinition)"))
        }
        guard !detections.isEmpty else { return lines }
        let found = detections.count { $0.isDetected }
        lines.append(
            "planted     \(found) of \(detections.count) deteriorations alerted (severity medium or high, before recovery); "
                + "\(HumanText.count(otherUrgentAlerts)) urgent alerts about others")
        let rows = detections.map { row in
            [
                row.person, row.pseudonym, row.rule ?? "not alerted", row.hoursAfterOnset.map(HumanText.tenths) ?? "-",
                row.hoursBeforePeak.map(HumanText.tenths) ?? "-",
            ]
        }
        let head = ["person", "pseudonym", "first alert", "hours after onset", "hours before peak"]
        return lines + HumanText.table(head, rows).map { "            " + $0 }
    }
}
