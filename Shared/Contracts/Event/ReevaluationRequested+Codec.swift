import CHealthContracts
import Domain

extension ReevaluationRequested {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "ReevaluationRequested", unpack: health__v1__reevaluation_requested__unpack
        ) { (message, reader) throws(ContractError) in
            ReevaluationRequested(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                subject: try reader.required(message.pointee.subject, "subject"),
                patient: try reader.pseudonym(ifPresent: message.pointee.patient, "patient"),
                reason: try reader.required(message.pointee.reason, "reason"),
                knowledgeVersion: try reader.text(message.pointee.knowledge_version, "knowledge_version"),
                digest: try reader.text(message.pointee.digest, "digest"),
                previousDigest: try reader.text(message.pointee.previous_digest, "previous_digest"),
                after: try reader.text(message.pointee.after, "after"),
                page: try reader.number(message.pointee.page, in: 0...Int64.max, "page"),
                dueAt: try reader.time(
                    message.pointee.due_at_us,
                    ifPresent: message.pointee.due_case == HEALTH__V1__REEVALUATION_REQUESTED__DUE_DUE_AT_US,
                    "due_at_us"),
                modelVersion: try reader.required(message.pointee.model_version, "model_version"),
                producedAt: try reader.fleetTime(message.pointee.produced_at_us, "produced_at_us"),
                unknownFields: try reader.unknownFields(message.pointee.base))
        }
    }

    /// The protobuf message. Makes no check; a NUL character in a text is written as U+FFFD.
    public func encoded() -> [UInt8] {
        MessageWriter.write(
            Health__V1__ReevaluationRequested(), unknownFields: unknownFields,
            initialize: health__v1__reevaluation_requested__init,
            size: health__v1__reevaluation_requested__get_packed_size, pack: health__v1__reevaluation_requested__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.subject = writer.text(subject)
            if let patient { message.patient = writer.text(patient) }
            message.reason = writer.text(reason)
            message.knowledge_version = writer.text(knowledgeVersion)
            message.digest = writer.text(digest)
            message.previous_digest = writer.text(previousDigest)
            message.after = writer.text(after)
            message.page = page
            if let dueAt {
                message.due_case = HEALTH__V1__REEVALUATION_REQUESTED__DUE_DUE_AT_US
                message.due_at_us = dueAt.microseconds
            }
            message.model_version = writer.text(modelVersion)
            message.produced_at_us = producedAt.microseconds
        }
    }

    /// The flat JSON mirror: ProtoJSON with the .proto field names, sorted by name.
    public var canonicalJSON: String {
        var json = CanonicalJSON()
        json.id("event_id", eventID)
        json.text("subject", subject)
        json.text("patient", patient?.rawValue ?? "")
        json.text("reason", reason)
        json.text("knowledge_version", knowledgeVersion)
        json.text("digest", digest)
        json.text("previous_digest", previousDigest)
        json.text("after", after)
        json.integer("page", page)
        json.time("due_at_us", dueAt)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
