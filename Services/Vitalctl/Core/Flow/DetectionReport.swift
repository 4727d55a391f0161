public import Domain

/// An alert as the operator's command saw it.
public struct AlertSighting: Equatable, Sendable {
    /// Who it is about, by the id in the feed.
    public let person: String
    /// The rule that raised it.
    public let rule: String
    /// From 1 (low) to 4 (high).
    public let severity: Int
    /// The event time of the observation that raised it.
    public let effectiveAt: Timestamp

    /// A sighting.
    public init(person: String, rule: String, severity: Int, effectiveAt: Timestamp) {
        self.person = person
        self.rule = rule
        self.severity = severity
        self.effectiveAt = effectiveAt
    }
}

/// Which planted deteriorations were alerted, and how long after their onset in the feed's own time.
public struct DetectionReport: Equatable, Sendable {
    /// One planted deterioration.
    public struct Row: Equatable, Sendable {
        /// The ground truth.
        public let planted: PlantedDeterioration
        /// The first alert of medium severity or more (3 or 4) between onset and recovery; nil when there was none.
        public let first: AlertSighting?
        /// The first alert of high severity (4) between onset and recovery.
        public let firstHigh: AlertSighting?

        /// Event time from the onset to the first alert.
        public var delay: Duration? { first?.effectiveAt.since(planted.onset) }
        /// Event time from the first alert to the height of the deterioration: how much warning there was (negative when none).
        public var warning: Duration? { first.map { planted.peak.since($0.effectiveAt) } }
    }

    /// One row for each planted deterioration, in their order.
    public let rows: [Row]
    /// Alerts of medium severity or more about people, or at times, without a planted deterioration.
    public let others: Int

    /// Judges `alerts` against `planted`. An alert counts up to a day after recovery begins as belonging to the deterioration, but detects it only
    /// before that.
    public init(planted: [PlantedDeterioration], alerts: [AlertSighting]) {
        let urgent = alerts.filter { $0.severity >= 3 }.sorted { $0.effectiveAt < $1.effectiveAt }
        rows = planted.map { course in
            let own = urgent.filter {
                $0.person == course.person && $0.effectiveAt >= course.onset && $0.effectiveAt <= course.recovery
            }
            return Row(planted: course, first: own.first, firstHigh: own.first { $0.severity >= 4 })
        }
        others = urgent.count { alert in
            !planted.contains {
                $0.person == alert.person && alert.effectiveAt >= $0.onset
                    && alert.effectiveAt <= $0.recovery.advanced(by: .seconds(86_400))
            }
        }
    }

    /// How many planted deteriorations were alerted.
    public var detected: Int { rows.count { $0.first != nil } }
}
