import Contracts
import Domain
import KafkaClient
import Synchronization
import VitalctlCore

/// Collects the alerts that are raised, escalated and resolved, as they come.
final class AlertBoard: Sendable {
    /// One alert event.
    struct Entry: Sendable {
        let alert: Alert
        /// When the broker took it: the record's Kafka timestamp, in whole milliseconds.
        let publishedAt: Timestamp
    }

    private struct State {
        var entries: [Entry] = []
        var seen: Set<EventID> = []
        var fresh: [Entry] = []
        var received = 0
    }

    private let state = Mutex(State())

    /// Takes a record of one of the alert topics. The same event twice counts once.
    func take(_ record: ConsumedRecord) {
        let alert = record.value.flatMap { try? Alert(decoding: $0) }
        state.withLock { state in
            state.received += 1
            guard let alert, state.seen.insert(alert.eventID).inserted else { return }
            let entry = Entry(alert: alert, publishedAt: Timestamp(microseconds: record.timestampMicroseconds))
            state.entries.append(entry)
            if alert.transition != .resolved { state.fresh.append(entry) }
        }
    }

    /// How many records have come, repeats included.
    var received: Int { state.withLock { $0.received } }

    /// Every alert event so far.
    var entries: [Entry] { state.withLock { $0.entries } }

    /// What was raised or escalated since the last call.
    func takeFresh() -> [Entry] {
        state.withLock { state in
            defer { state.fresh = [] }
            return state.fresh
        }
    }

    /// Raised and escalated alerts by severity, the most severe first, and the resolved ones.
    var counts: (bySeverity: [(severity: Alert.Severity, count: Int)], resolved: Int) {
        state.withLock { state in
            var counts: [Alert.Severity: Int] = [:]
            var resolved = 0
            for entry in state.entries {
                if entry.alert.transition == .resolved {
                    resolved += 1
                } else {
                    counts[entry.alert.severity, default: 0] += 1
                }
            }
            return (Alert.Severity.allCases.reversed().map { ($0, counts[$0] ?? 0) }, resolved)
        }
    }
}

extension Alert.Severity {
    /// From 1 (low) to 4 (high).
    var rank: Int {
        switch self {
        case .low: 1
        case .lowMedium: 2
        case .medium: 3
        case .high: 4
        }
    }
}
