import Metrics
import PharmacogenomicsCore

/// What the decision support counts: calls by service and outcome, cards by urgency, and the time of an answer.
struct CDSMetrics: Sendable {
    private static let prefix = "vitalstream_pharmacogenomics_cds"

    func answered(_ service: CDSServiceDescription, outcome: String, cards: [CDSCard], seconds: Double) {
        Counter(
            label: "\(Self.prefix)_calls_total", dimensions: [("service", service.id), ("outcome", outcome)]
        ).increment()
        for card in cards {
            Counter(label: "\(Self.prefix)_cards_total", dimensions: [("indicator", card.indicator.rawValue)])
                .increment()
        }
        Recorder(label: "\(Self.prefix)_answer_seconds", dimensions: [("service", service.id)]).record(seconds)
    }
}
