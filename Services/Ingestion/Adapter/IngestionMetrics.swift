import IngestionCore
import Metrics

/// What Ingestion counts beside the runtime's own metrics: records by feed and outcome, facts by feed.
///
/// They count reading, so a batch that is rolled back and read again counts twice.
struct IngestionMetrics: Sendable {
    private static let prefix = "vitalstream_ingestion"

    private struct Counters: Sendable {
        let mapped: Counter
        let ignored: Counter
        let rejected: Counter
        let facts: Counter

        init(feed: String) {
            func records(_ outcome: String) -> Counter {
                Counter(label: "\(prefix)_read_records_total", dimensions: [("feed", feed), ("outcome", outcome)])
            }
            mapped = records("mapped")
            ignored = records("ignored")
            rejected = records("rejected")
            facts = Counter(label: "\(prefix)_facts_total", dimensions: [("feed", feed)])
        }
    }

    private let fhir = Counters(feed: "fhir")
    private let openMHealth = Counters(feed: "openmhealth")

    func count(_ outcomes: [FactOutcome], of feed: SourceFeed) {
        let counters =
            switch feed {
            case .fhir: fhir
            case .openMHealth, .openMHealthLines: openMHealth
            }
        var (mapped, ignored, rejected, facts) = (0, 0, 0, 0)
        for outcome in outcomes {
            switch outcome.verdict {
            case .facts(let told):
                mapped += 1
                facts += told.count
            case .ignored: ignored += 1
            case .rejected: rejected += 1
            }
        }
        counters.mapped.increment(by: mapped)
        counters.ignored.increment(by: ignored)
        counters.rejected.increment(by: rejected)
        counters.facts.increment(by: facts)
    }
}
