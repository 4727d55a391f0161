import IngestionCore
import Metrics

/// What Ingestion counts beside the runtime's own metrics: records by format and outcome, facts by format.
///
/// They count reading, so a batch that is rolled back and read again counts twice.
struct IngestionMetrics: Sendable {
    private static let prefix = "vitalstream_ingestion"

    private struct Counters: Sendable {
        let mapped: Counter
        let archived: Counter
        let quarantined: Counter
        let rejected: Counter
        let facts: Counter

        init(_ format: FeedFormat) {
            func records(_ outcome: String) -> Counter {
                Counter(
                    label: "\(prefix)_read_records_total",
                    dimensions: [("format", format.rawValue), ("outcome", outcome)])
            }
            mapped = records("mapped")
            archived = records("archived")
            quarantined = records("quarantined")
            rejected = records("rejected")
            facts = Counter(label: "\(prefix)_facts_total", dimensions: [("format", format.rawValue)])
        }
    }

    private let counters = Dictionary(uniqueKeysWithValues: FeedFormat.allCases.map { ($0, Counters($0)) })

    func count(_ outcomes: [FactOutcome], of format: FeedFormat) {
        guard let counters = counters[format] else { return }
        var (mapped, archived, quarantined, rejected, facts) = (0, 0, 0, 0, 0)
        for outcome in outcomes {
            switch outcome.verdict {
            case .facts(let told):
                mapped += 1
                facts += told.count
            case .archived: archived += 1
            case .quarantined: quarantined += 1
            case .rejected: rejected += 1
            }
        }
        if mapped > 0 { counters.mapped.increment(by: mapped) }
        if archived > 0 { counters.archived.increment(by: archived) }
        if quarantined > 0 { counters.quarantined.increment(by: quarantined) }
        if rejected > 0 { counters.rejected.increment(by: rejected) }
        if facts > 0 { counters.facts.increment(by: facts) }
    }
}
