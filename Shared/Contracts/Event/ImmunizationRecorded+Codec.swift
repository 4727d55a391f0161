import CHealthContracts
import Domain

extension ImmunizationRecorded {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "ImmunizationRecorded", unpack: health__v1__immunization_recorded__unpack
        ) { (message, reader) throws(ContractError) in
            let doseQuantity = try reader.finite(
                message.pointee.dose_quantity,
                ifPresent: message.pointee.dose_case == HEALTH__V1__IMMUNIZATION_RECORDED__DOSE_DOSE_QUANTITY,
                "dose_quantity")
            let doseUnit = try reader.text(message.pointee.dose_unit, "dose_unit")
            if doseQuantity == nil, !doseUnit.isEmpty { throw reader.error(.contradiction, "dose_unit") }
            return ImmunizationRecorded(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                patient: try reader.pseudonym(message.pointee.patient, "patient"),
                code: try reader.required(message.pointee.code, "code"),
                codeSystem: try reader.required(message.pointee.code_system, "code_system"),
                display: try reader.text(message.pointee.display, "display"),
                status: try reader.value(message.pointee.status.rawValue, "status"),
                occurredAt: try reader.requiredTime(
                    message.pointee.occurred_at_us,
                    isPresent: message.pointee.occurred_case
                        == HEALTH__V1__IMMUNIZATION_RECORDED__OCCURRED_OCCURRED_AT_US, "occurred_at_us"),
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
            Health__V1__ImmunizationRecorded(), unknownFields: unknownFields,
            initialize: health__v1__immunization_recorded__init,
            size: health__v1__immunization_recorded__get_packed_size, pack: health__v1__immunization_recorded__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.patient = writer.text(patient)
            message.code = writer.text(code)
            message.code_system = writer.text(codeSystem)
            message.display = writer.text(display)
            message.status = Health__V1__ImmunizationStatus(rawValue: status.wireNumber)
            message.occurred_case = HEALTH__V1__IMMUNIZATION_RECORDED__OCCURRED_OCCURRED_AT_US
            message.occurred_at_us = occurredAt.microseconds
            if let doseQuantity {
                message.dose_case = HEALTH__V1__IMMUNIZATION_RECORDED__DOSE_DOSE_QUANTITY
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

    /// The JSON mirror: ProtoJSON with the .proto field names, sorted by name.
    public var canonicalJSON: String {
        var json = CanonicalJSON()
        json.id("event_id", eventID)
        json.text("patient", patient.rawValue)
        json.text("code", code)
        json.text("code_system", codeSystem)
        json.text("display", display)
        json.value("status", status)
        json.time("occurred_at_us", occurredAt)
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
