public import AlertEngineCore
import Contracts
import Domain
public import PostgresClient
public import StreamRuntime

/// The alert engine as a stream: `health.observation.recorded.v1` in; alert events, rows and documents out.
///
/// An observation that no rule watches, or whose value cannot be used, is ignored and counted; a record that is no observation event, or
/// that does not lie under its patient's key, is rejected and becomes a dead letter.
public struct AlertProcessor: StreamProcessor {
    /// The service's name, part of every derived event's identity.
    public static let service = "alert-engine"

    /// The version of the evaluation; raise it when the same observations would give other alerts.
    public let logicVersion = "1"

    private let evaluator: AlertEvaluator
    private let tenant: String
    private let writesDocuments: Bool
    private let modelVersion: String
    private let metrics: AlertMetrics

    /// A processor of one tenant's observations.
    ///
    /// - Parameters:
    ///   - rules: what raises alerts.
    ///   - tenant: whose patients these are; it decides who may read the rows.
    ///   - writesDocuments: false where there is no document store.
    public init(rules: RuleSet = RuleSet(), tenant: String, writesDocuments: Bool = true) {
        evaluator = AlertEvaluator(rules: rules)
        self.tenant = tenant
        self.writesDocuments = writesDocuments
        modelVersion = "alert-engine-\(logicVersion)+news2-2017+rules-\(rules.fingerprint)"
        metrics = AlertMetrics(rules: rules)
    }

    /// One item for a usable observation that a rule watches; see the type for the rest.
    public func decode(_ record: StreamRecord) -> [DecodedItem<ObservedVital>] {
        guard let value = record.value else {
            return [.ignored(Rejection(code: "tombstone", detail: "an observation is never deleted through the log"))]
        }
        let observation: ObservationRecorded
        do {
            observation = try ObservationRecorded(decoding: value)
        } catch {
            return [.rejected(Rejection(code: error.code.rawValue, place: "\(error.message).\(error.field)"))]
        }
        guard let key = record.key, key.elementsEqual(observation.patient.rawValue.utf8) else {
            return [
                .rejected(
                    Rejection(
                        code: "foreign-key", place: "key", detail: "the record's key is not the patient's pseudonym"))
            ]
        }
        let act: ObservedVital.Act
        switch VitalIntake(observation, rules: evaluator.rules) {
        case .reading(let reading): act = .take(reading)
        case .retraction(let code): act = .retract(code)
        case .none(let outcome):
            metrics.count(outcome)
            return [.ignored(Rejection(code: outcome.rawValue))]
        }
        let vital = ObservedVital(
            patient: observation.patient, effectiveAt: observation.effectiveAt, receivedAt: observation.receivedAt,
            act: act)
        return [
            .item(
                StreamItem(
                    id: observation.eventID, key: observation.patient.rawValue, eventTime: observation.effectiveAt,
                    input: vital))
        ]
    }

    /// Evaluates the item against the patient's state; each transition of an alert is an event, a document and a row.
    public func handle(
        _ item: StreamItem<ObservedVital>, state: inout PatientState, context: HandlingContext
    ) -> Handled<AlertRow> {
        let evaluation =
            switch item.input.act {
            case .take(let reading): evaluator.evaluate(reading, of: item.input.patient, state: &state)
            case .retract(let code): evaluator.retract(code, at: item.input.effectiveAt, state: &state)
            }
        metrics.count(evaluation.outcome)
        var effects = Effects<AlertRow>(stateChanged: evaluation.stateChanged)
        for change in evaluation.changes {
            metrics.count(change)
            let alert = alert(of: change, item, context)
            effects.publications.append(Publication(alert))
            if writesDocuments { effects.documents.append(AlertDocument.upsert(of: alert, tenant: tenant)) }
            effects.rows.append(AlertRow(alert: alert, tenant: tenant))
        }
        return .effects(effects)
    }

    /// Writes the transitions into `alert` and `alert_transition`.
    public func write(_ rows: [AlertRow], to connection: PostgresConnection) throws {
        try AlertTable.write(rows, to: connection)
    }

    private func alert(
        of change: AlertChange, _ item: StreamItem<ObservedVital>, _ context: HandlingContext
    ) -> Alert {
        Alert(
            eventID: .derived(
                service: Self.service, logicVersion: logicVersion, input: item.id, ordinal: Int(change.ruleNumber)),
            alertID: change.alertID, version: change.version, patient: item.input.patient, rule: change.rule,
            severity: Alert.Severity(change.severity), transition: Alert.Transition(change.transition),
            score: change.score, threshold: change.threshold, summary: change.summary, evidence: change.evidence,
            effectiveAt: change.effectiveAt, raisedAt: change.raisedAt, triggerEventID: change.triggerEventID,
            modelVersion: modelVersion,
            // A time of the record and not of a clock, so that a replay makes the same bytes. A log without times falls back on the event's.
            producedAt: context.receivedAt.microseconds > 0 ? context.receivedAt : item.input.receivedAt)
    }
}
