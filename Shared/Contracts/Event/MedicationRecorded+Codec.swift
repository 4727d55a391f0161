import CHealthContracts
import Domain

extension MedicationRecorded {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "MedicationRecorded", unpack: health__v1__medication_recorded__unpack
        ) { (message, reader) throws(ContractError) in
            let effectiveStartAt = try reader.time(
                message.pointee.effective_start_at_us,
                ifPresent: message.pointee.effective_start_case
                    == HEALTH__V1__MEDICATION_RECORDED__EFFECTIVE_START_EFFECTIVE_START_AT_US,
                "effective_start_at_us")
            let effectiveEndAt = try reader.time(
                message.pointee.effective_end_at_us,
                ifPresent: message.pointee.effective_end_case
                    == HEALTH__V1__MEDICATION_RECORDED__EFFECTIVE_END_EFFECTIVE_END_AT_US,
                "effective_end_at_us")
            if let effectiveStartAt, let effectiveEndAt, effectiveEndAt < effectiveStartAt {
                throw reader.error(.outOfRange, "effective_end_at_us")
            }
            let doseQuantity = try reader.finite(
                message.pointee.dose_quantity,
                ifPresent: message.pointee.dose_case == HEALTH__V1__MEDICATION_RECORDED__DOSE_DOSE_QUANTITY,
                "dose_quantity")
            let doseUnit = try reader.text(message.pointee.dose_unit, "dose_unit")
            if doseQuantity == nil, !doseUnit.isEmpty { throw reader.error(.contradiction, "dose_unit") }
            return MedicationRecorded(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                patient: try reader.pseudonym(message.pointee.patient, "patient"),
                code: try reader.required(message.pointee.code, "code"),
                codeSystem: try reader.required(message.pointee.code_system, "code_system"),
                display: try reader.text(message.pointee.display, "display"),
                status: try reader.value(message.pointee.status.rawValue, "status"),
                intent: try reader.value(message.pointee.intent.rawValue, "intent"),
                authoredAt: try reader.requiredTime(
                    message.pointee.authored_at_us,
                    isPresent: message.pointee.authored_case
                        == HEALTH__V1__MEDICATION_RECORDED__AUTHORED_AUTHORED_AT_US, "authored_at_us"),
                dosageText: try reader.text(message.pointee.dosage_text, "dosage_text"),
                // Events written before there were other kinds do not say theirs.
                kind: message.pointee.kind.rawValue == 0
                    ? .request : try reader.value(message.pointee.kind.rawValue, "kind"),
                effectiveStartAt: effectiveStartAt,
                effectiveEndAt: effectiveEndAt,
                doseQuantity: doseQuantity,
                doseUnit: doseUnit,
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
            Health__V1__MedicationRecorded(), unknownFields: unknownFields,
            initialize: health__v1__medication_recorded__init, size: health__v1__medication_recorded__get_packed_size,
            pack: health__v1__medication_recorded__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.patient = writer.text(patient)
            message.code = writer.text(code)
            message.code_system = writer.text(codeSystem)
            message.display = writer.text(display)
            message.status = Health__V1__MedicationStatus(rawValue: status.wireNumber)
            message.intent = Health__V1__MedicationIntent(rawValue: intent.wireNumber)
            message.authored_case = HEALTH__V1__MEDICATION_RECORDED__AUTHORED_AUTHORED_AT_US
            message.authored_at_us = authoredAt.microseconds
            message.dosage_text = writer.text(dosageText)
            message.kind = Health__V1__MedicationKind(rawValue: kind.wireNumber)
            if let effectiveStartAt {
                message.effective_start_case = HEALTH__V1__MEDICATION_RECORDED__EFFECTIVE_START_EFFECTIVE_START_AT_US
                message.effective_start_at_us = effectiveStartAt.microseconds
            }
            if let effectiveEndAt {
                message.effective_end_case = HEALTH__V1__MEDICATION_RECORDED__EFFECTIVE_END_EFFECTIVE_END_AT_US
                message.effective_end_at_us = effectiveEndAt.microseconds
            }
            if let doseQuantity {
                message.dose_case = HEALTH__V1__MEDICATION_RECORDED__DOSE_DOSE_QUANTITY
                message.dose_quantity = doseQuantity
            }
            message.dose_unit = writer.text(doseUnit)
            message.resource_id = writer.text(resourceID)
            message.source = writer.text(source)
            message.received_at_us = receivedAt.microseconds
            message.model_version = writer.text(modelVersion)
            message.produced_at_us = producedAt.microseconds
        }
    }

    /// The flat JSON mirror: ProtoJSON with the .proto field names, sorted by name.
    public var canonicalJSON: String {
        var json = CanonicalJSON()
        json.id("event_id", eventID)
        json.text("patient", patient.rawValue)
        json.text("code", code)
        json.text("code_system", codeSystem)
        json.text("display", display)
        json.value("status", status)
        json.value("intent", intent)
        json.time("authored_at_us", authoredAt)
        json.text("dosage_text", dosageText)
        json.value("kind", kind)
        json.time("effective_start_at_us", effectiveStartAt)
        json.time("effective_end_at_us", effectiveEndAt)
        if let doseQuantity { json.number("dose_quantity", doseQuantity) }
        json.text("dose_unit", doseUnit)
        json.text("resource_id", resourceID)
        json.text("source", source)
        json.time("received_at_us", receivedAt)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
