import Domain

/// When the medication of a person acts on which enzyme.
///
/// An interaction is in effect from the start of the drug plus its onset until the end of the drug plus its washout; a drug
/// without a known start has always been taken, one without a known end is still taken. A drug that ended before its onset
/// never acted. A fixed combination acts through its ingredients.
struct EnzymeExposures: Sendable {
    /// An interaction over a time.
    struct Window: Sendable, Hashable {
        let slot: Int
        let effect: Interaction.Effect
        let strength: Interaction.Strength
        let drug: String
        let from: Timestamp?
        let until: Timestamp?
        let eventID: EventID?
        let isPending: Bool
    }

    private struct Action: Sendable {
        let slot: Int
        let interaction: Interaction
        let onset: Duration
        let washout: Duration
    }

    private let actions: [String: [Action]]
    /// The genes whose enzymes some drug acts on.
    let slots: Set<Int>

    init(knowledge: KnowledgeBase) {
        let converting = Set(knowledge.phenoconversion.rules.map(\.gene))
        var actions: [String: [Action]] = [:]
        for interaction in knowledge.interactions.interactions where converting.contains(interaction.gene) {
            guard let gene = knowledge.genes[interaction.gene] else { continue }
            actions[interaction.drug, default: []].append(
                Action(
                    slot: gene.index, interaction: interaction, onset: Self.days(interaction.onsetDays),
                    washout: Self.days(interaction.washoutDays)))
        }
        for drug in knowledge.drugs.drugs where drug.kind == .combination && actions[drug.name] == nil {
            let parts = drug.ingredients.flatMap { actions[$0] ?? [] }
            if !parts.isEmpty { actions[drug.name] = parts }
        }
        self.actions = actions
        slots = Set(actions.values.joined().map(\.slot))
    }

    /// Whether a drug acts on an enzyme that has rules of conversion.
    func acts(_ drug: String) -> Bool { actions[drug] != nil }

    private static func days(_ count: Double) -> Duration { .microseconds(Int64(count * 86_400_000_000)) }

    /// What acts at a time and what is known to begin to act later; by gene, then the strongest first, then by drug.
    func acting(_ medications: [MedicationExposure], at time: Timestamp?) -> [Window] {
        var windows: [Window] = []
        for medication in medications {
            guard let actions = actions[medication.drug] else { continue }
            for action in actions {
                guard let window = Self.window(medication, action, time) else { continue }
                let twin = windows.firstIndex {
                    $0.slot == window.slot && $0.drug == window.drug && $0.effect == window.effect
                        && $0.isPending == window.isPending
                }
                guard let twin else {
                    windows.append(window)
                    continue
                }
                // Two courses of one drug: what acts ends with the later one; of what is to come the earlier one counts.
                if window.isPending ? window.start < windows[twin].start : window.end > windows[twin].end {
                    windows[twin] = window
                }
            }
        }
        if windows.count > 1 {
            windows.sort {
                ($0.slot, $1.strength, $0.drug, $0.effect.rawValue, $0.isPending ? 1 : 0)
                    < ($1.slot, $0.strength, $1.drug, $1.effect.rawValue, $1.isPending ? 1 : 0)
            }
        }
        return windows
    }

    private static func window(_ medication: MedicationExposure, _ action: Action, _ time: Timestamp?) -> Window? {
        let from = medication.startedAt?.advanced(by: action.onset)
        let until = medication.endedAt?.advanced(by: action.washout)
        if let from, let end = medication.endedAt, from >= end { return nil }
        var isPending = false
        if let time {
            if let until, time >= until { return nil }
            if let from, time < from { isPending = true }
        } else if medication.endedAt != nil {
            return nil
        }
        return Window(
            slot: action.slot, effect: action.interaction.effect, strength: action.interaction.strength,
            drug: action.interaction.drug, from: from, until: until, eventID: medication.eventID, isPending: isPending)
    }
}

extension EnzymeExposures.Window {
    /// When it begins to act; the beginning of time when it always has.
    var start: Timestamp { from ?? Timestamp(microseconds: .min) }
    /// When it ceases to act; the end of time when no end is known.
    var end: Timestamp { until ?? Timestamp(microseconds: .max) }
    /// The next time at which it begins or ceases to act.
    var boundary: Timestamp? { isPending ? from : until }
}
