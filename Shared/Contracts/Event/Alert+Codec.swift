import CHealthContracts
import Domain

extension Alert {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "Alert", unpack: health__v1__alert__unpack
        ) { (message, reader) throws(ContractError) in
            Alert(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                alertID: try reader.eventID(message.pointee.alert_id, "alert_id"),
                version: try reader.number(message.pointee.version, in: 1...Int64.max, "version"),
                patient: try reader.pseudonym(message.pointee.patient, "patient"),
                rule: try reader.required(message.pointee.rule, "rule"),
                severity: try reader.value(message.pointee.severity.rawValue, "severity"),
                transition: try reader.value(message.pointee.transition.rawValue, "transition"),
                score: try reader.finite(message.pointee.score, "score"),
                threshold: try reader.finite(message.pointee.threshold, "threshold"),
                summary: try reader.text(message.pointee.summary, "summary"),
                evidence: try reader.text(message.pointee.evidence, "evidence"),
                effectiveAt: try reader.requiredTime(
                    message.pointee.effective_at_us,
                    isPresent: message.pointee.effective_case == HEALTH__V1__ALERT__EFFECTIVE_EFFECTIVE_AT_US,
                    "effective_at_us"),
                raisedAt: try reader.requiredTime(
                    message.pointee.raised_at_us,
                    isPresent: message.pointee.raised_case == HEALTH__V1__ALERT__RAISED_RAISED_AT_US, "raised_at_us"),
                triggerEventID: try reader.eventID(message.pointee.trigger_event_id, "trigger_event_id"),
                modelVersion: try reader.required(message.pointee.model_version, "model_version"),
                producedAt: try reader.fleetTime(message.pointee.produced_at_us, "produced_at_us"),
                unknownFields: try reader.unknownFields(message.pointee.base))
        }
    }

    /// The protobuf message. Makes no check; a NUL character in a text is written as U+FFFD.
    public func encoded() -> [UInt8] {
        MessageWriter.write(
            Health__V1__Alert(), unknownFields: unknownFields,
            initialize: health__v1__alert__init, size: health__v1__alert__get_packed_size, pack: health__v1__alert__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.alert_id = writer.text(alertID)
            message.version = version
            message.patient = writer.text(patient)
            message.rule = writer.text(rule)
            message.severity = Health__V1__AlertSeverity(rawValue: severity.wireNumber)
            message.transition = Health__V1__AlertTransition(rawValue: transition.wireNumber)
            message.score = score
            message.threshold = threshold
            message.summary = writer.text(summary)
            message.evidence = writer.text(evidence)
            message.effective_case = HEALTH__V1__ALERT__EFFECTIVE_EFFECTIVE_AT_US
            message.effective_at_us = effectiveAt.microseconds
            message.raised_case = HEALTH__V1__ALERT__RAISED_RAISED_AT_US
            message.raised_at_us = raisedAt.microseconds
            message.trigger_event_id = writer.text(triggerEventID)
            message.model_version = writer.text(modelVersion)
            message.produced_at_us = producedAt.microseconds
        }
    }

    /// The flat JSON mirror: ProtoJSON with the .proto field names, sorted by name.
    public var canonicalJSON: String {
        var json = CanonicalJSON()
        json.id("event_id", eventID)
        json.id("alert_id", alertID)
        json.integer("version", version)
        json.text("patient", patient.rawValue)
        json.text("rule", rule)
        json.value("severity", severity)
        json.value("transition", transition)
        json.number("score", score)
        json.number("threshold", threshold)
        json.text("summary", summary)
        json.text("evidence", evidence)
        json.time("effective_at_us", effectiveAt)
        json.time("raised_at_us", raisedAt)
        json.id("trigger_event_id", triggerEventID)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
