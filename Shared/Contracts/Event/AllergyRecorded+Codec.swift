import CHealthContracts
import Domain

extension AllergyRecorded {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "AllergyRecorded", unpack: health__v1__allergy_recorded__unpack
        ) { (message, reader) throws(ContractError) in
            let reaction = try reader.text(message.pointee.reaction, "reaction")
            let reactionSystem = try reader.text(message.pointee.reaction_system, "reaction_system")
            if reaction.isEmpty, !reactionSystem.isEmpty { throw reader.error(.contradiction, "reaction_system") }
            return AllergyRecorded(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                patient: try reader.pseudonym(message.pointee.patient, "patient"),
                code: try reader.required(message.pointee.code, "code"),
                codeSystem: try reader.required(message.pointee.code_system, "code_system"),
                display: try reader.text(message.pointee.display, "display"),
                kind: try reader.value(message.pointee.kind.rawValue, "kind"),
                category: try reader.text(message.pointee.category, "category"),
                criticality: try reader.value(message.pointee.criticality.rawValue, "criticality"),
                clinicalStatus: try reader.value(message.pointee.clinical_status.rawValue, "clinical_status"),
                verificationStatus: try reader.value(
                    message.pointee.verification_status.rawValue, "verification_status"),
                onsetAt: try reader.time(
                    message.pointee.onset_at_us,
                    ifPresent: message.pointee.onset_case == HEALTH__V1__ALLERGY_RECORDED__ONSET_ONSET_AT_US,
                    "onset_at_us"),
                recordedAt: try reader.time(
                    message.pointee.recorded_at_us,
                    ifPresent: message.pointee.recorded_case == HEALTH__V1__ALLERGY_RECORDED__RECORDED_RECORDED_AT_US,
                    "recorded_at_us"),
                reaction: reaction,
                reactionSystem: reactionSystem,
                resourceID: try reader.text(message.pointee.resource_id, "resource_id"),
                source: try reader.required(message.pointee.source, "source"),
                receivedAt: try reader.fleetTime(message.pointee.received_at_us, "received_at_us"),
                modelVersion: try reader.required(message.pointee.model_version, "model_version"),
                producedAt: try reader.fleetTime(message.pointee.produced_at_us, "produced_at_us"),
                unknownFields: try reader.unknownFields(message.pointee.base))
        }
    }

    /// The protobuf message. Makes no check; a NUL character in a text is written as U+FFFD.
    public func encoded() -> [UInt8] {
        MessageWriter.write(
            Health__V1__AllergyRecorded(), unknownFields: unknownFields,
            initialize: health__v1__allergy_recorded__init, size: health__v1__allergy_recorded__get_packed_size,
            pack: health__v1__allergy_recorded__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.patient = writer.text(patient)
            message.code = writer.text(code)
            message.code_system = writer.text(codeSystem)
            message.display = writer.text(display)
            message.kind = Health__V1__AllergyKind(rawValue: kind.wireNumber)
            message.category = writer.text(category)
            message.criticality = Health__V1__AllergyCriticality(rawValue: criticality.wireNumber)
            message.clinical_status = Health__V1__AllergyClinicalStatus(rawValue: clinicalStatus.wireNumber)
            message.verification_status = Health__V1__AllergyVerificationStatus(rawValue: verificationStatus.wireNumber)
            if let onsetAt {
                message.onset_case = HEALTH__V1__ALLERGY_RECORDED__ONSET_ONSET_AT_US
                message.onset_at_us = onsetAt.microseconds
            }
            if let recordedAt {
                message.recorded_case = HEALTH__V1__ALLERGY_RECORDED__RECORDED_RECORDED_AT_US
                message.recorded_at_us = recordedAt.microseconds
            }
            message.reaction = writer.text(reaction)
            message.reaction_system = writer.text(reactionSystem)
            message.resource_id = writer.text(resourceID)
            message.source = writer.text(source)
            message.received_at_us = receivedAt.microseconds
            message.model_version = writer.text(modelVersion)
            message.produced_at_us = producedAt.microseconds
        }
    }

    /// The JSON mirror: ProtoJSON with the .proto field names, sorted by name.
    public var canonicalJSON: String {
        var json = CanonicalJSON()
        json.id("event_id", eventID)
        json.text("patient", patient.rawValue)
        json.text("code", code)
        json.text("code_system", codeSystem)
        json.text("display", display)
        json.value("kind", kind)
        json.text("category", category)
        json.value("criticality", criticality)
        json.value("clinical_status", clinicalStatus)
        json.value("verification_status", verificationStatus)
        json.time("onset_at_us", onsetAt)
        json.time("recorded_at_us", recordedAt)
        json.text("reaction", reaction)
        json.text("reaction_system", reactionSystem)
        json.text("resource_id", resourceID)
        json.text("source", source)
        json.time("received_at_us", receivedAt)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
