import Contracts
import Domain
import JSONDocument
import StreamRuntime

/// The alert as a document: the collection `alert`, `_id` the alert's id, `version` that of its latest transition.
///
/// The fields are flat; `evidence` is of the latest transition, `raised_evidence` and `raised_summary` stay those of the first.
enum AlertDocument {
    static let collection = "alert"

    static func upsert(of alert: Alert, tenant: String) -> DocumentUpsert {
        var fields: JSONObject = [
            "tenant": .string(tenant),
            "patient": .string(alert.patient.rawValue),
            "rule": .string(alert.rule),
            "severity": .string(alert.severity.rawValue),
            "status": .string(alert.transition == .resolved ? "resolved" : "open"),
            "score": number(alert.score),
            "threshold": number(alert.threshold),
            "summary": .string(alert.summary),
            "evidence": evidence(of: alert),
            "effective_at_us": .number(JSONNumber(alert.effectiveAt.microseconds)),
            "raised_at_us": .number(JSONNumber(alert.raisedAt.microseconds)),
            "trigger_event_id": .string(alert.triggerEventID.description),
            "event_id": .string(alert.eventID.description),
            "model_version": .string(alert.modelVersion),
            "produced_at_us": .number(JSONNumber(alert.producedAt.microseconds)),
        ]
        if alert.version == 1 {
            fields["raised_summary"] = .string(alert.summary)
            fields["raised_evidence"] = evidence(of: alert)
        }
        if alert.transition == .resolved {
            fields["resolved_at_us"] = .number(JSONNumber(alert.effectiveAt.microseconds))
        }
        return DocumentUpsert(
            collection: collection, id: alert.alertID.description, version: alert.version,
            json: JSONValue.object(fields).text())
    }

    private static func number(_ value: Double) -> JSONValue {
        JSONNumber(value).map { .number($0) } ?? .null
    }

    /// Core writes the evidence, so it parses; were it otherwise, it is kept as text rather than lost.
    private static func evidence(of alert: Alert) -> JSONValue {
        (try? JSONValue(parsing: alert.evidence)) ?? .string(alert.evidence)
    }
}
