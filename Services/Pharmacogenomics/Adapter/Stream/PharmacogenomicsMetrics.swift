import Contracts
import Metrics

/// What the service counts. Counters count handling, so a batch that is rolled back and handled again counts twice.
struct PharmacogenomicsMetrics: Sendable {
    private static let prefix = "vitalstream_pharmacogenomics"

    private let full = Counter(label: "\(prefix)_evaluations_total", dimensions: [("kind", "full")])
    private let medication = Counter(label: "\(prefix)_evaluations_total", dimensions: [("kind", "medication")])
    private let known = Counter(label: "\(prefix)_medications_total", dimensions: [("outcome", "known")])
    private let unknown = Counter(
        label: "\(prefix)_medications_total", dimensions: [("outcome", "drug-not-in-tables")])
    private let phenotypes = Counter(label: "\(prefix)_phenotypes_total")
    private let recommendations: [RecommendationMade.Status: Counter] = Dictionary(
        uniqueKeysWithValues: RecommendationMade.Status.allCases.map { status in
            (status, Counter(label: "\(prefix)_recommendations_total", dimensions: [("status", status.rawValue)]))
        })
    private let withdrawn = Counter(label: "\(prefix)_withdrawn_recommendations_total")
    private let alerts: [Alert.Transition: Counter] = Dictionary(
        uniqueKeysWithValues: Alert.Transition.allCases.map { transition in
            (transition, Counter(label: "\(prefix)_alerts_total", dimensions: [("transition", transition.rawValue)]))
        })
    private let knowledgeReevaluations = Counter(
        label: "\(prefix)_reevaluations_total", dimensions: [("reason", ReevaluationReason.knowledgeReleased)])
    private let boundaryReevaluations = Counter(
        label: "\(prefix)_reevaluations_total", dimensions: [("reason", ReevaluationReason.boundaryPassed)])
    private let otherReevaluations = Counter(
        label: "\(prefix)_reevaluations_total", dimensions: [("reason", "other")])
    private let activated = Counter(label: "\(prefix)_knowledge_releases_total", dimensions: [("outcome", "activated")])
    private let refused = Counter(label: "\(prefix)_knowledge_releases_total", dimensions: [("outcome", "refused")])
    private let kept = Counter(label: "\(prefix)_knowledge_releases_total", dimensions: [("outcome", "kept")])

    /// What became of a release.
    enum ReleaseOutcome {
        case activated
        /// It cannot be read.
        case refused
        /// A later one is active.
        case kept
    }

    func countEvaluation(isFull: Bool) { (isFull ? full : medication).increment() }
    func countMedication(isKnown: Bool) { (isKnown ? known : unknown).increment() }
    func countPhenotype() { phenotypes.increment() }
    func count(_ recommendation: RecommendationMade) {
        recommendation.isWithdrawn ? withdrawn.increment() : recommendations[recommendation.status]?.increment()
    }
    func count(_ alert: Alert) { alerts[alert.transition]?.increment() }

    func countReevaluation(_ reason: String) {
        switch reason {
        case ReevaluationReason.knowledgeReleased: knowledgeReevaluations.increment()
        case ReevaluationReason.boundaryPassed: boundaryReevaluations.increment()
        default: otherReevaluations.increment()
        }
    }

    func countRelease(_ outcome: ReleaseOutcome) {
        switch outcome {
        case .activated: activated.increment()
        case .refused: refused.increment()
        case .kept: kept.increment()
        }
    }
}

/// Why a person is evaluated again.
enum ReevaluationReason {
    static let knowledgeReleased = "knowledge-released"
    static let boundaryPassed = "boundary-passed"
}
