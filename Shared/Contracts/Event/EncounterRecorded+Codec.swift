import CHealthContracts
import Domain

extension EncounterRecorded {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "EncounterRecorded", unpack: health__v1__encounter_recorded__unpack
        ) { (message, reader) throws(ContractError) in
            let code = try reader.text(message.pointee.code, "code")
            let codeSystem = try reader.text(message.pointee.code_system, "code_system")
            if code.isEmpty, !codeSystem.isEmpty { throw reader.error(.contradiction, "code_system") }
            let startedAt = try reader.time(
                message.pointee.started_at_us,
                ifPresent: message.pointee.started_case == HEALTH__V1__ENCOUNTER_RECORDED__STARTED_STARTED_AT_US,
                "started_at_us")
            let endedAt = try reader.time(
                message.pointee.ended_at_us,
                ifPresent: message.pointee.ended_case == HEALTH__V1__ENCOUNTER_RECORDED__ENDED_ENDED_AT_US,
                "ended_at_us")
            if let startedAt, let endedAt, endedAt < startedAt { throw reader.error(.outOfRange, "ended_at_us") }
            let reasonCode = try reader.text(message.pointee.reason_code, "reason_code")
            let reasonSystem = try reader.text(message.pointee.reason_system, "reason_system")
            if reasonCode.isEmpty, !reasonSystem.isEmpty { throw reader.error(.contradiction, "reason_system") }
            return EncounterRecorded(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                patient: try reader.pseudonym(message.pointee.patient, "patient"),
                encounterClass: try reader.text(message.pointee.encounter_class, "encounter_class"),
                code: code,
                codeSystem: codeSystem,
                display: try reader.text(message.pointee.display, "display"),
                status: try reader.value(message.pointee.status.rawValue, "status"),
                startedAt: startedAt,
                endedAt: endedAt,
                reasonCode: reasonCode,
                reasonSystem: reasonSystem,
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
            Health__V1__EncounterRecorded(), unknownFields: unknownFields,
            initialize: health__v1__encounter_recorded__init, size: health__v1__encounter_recorded__get_packed_size,
            pack: health__v1__encounter_recorded__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.patient = writer.text(patient)
            message.encounter_class = writer.text(encounterClass)
            message.code = writer.text(code)
            message.code_system = writer.text(codeSystem)
            message.display = writer.text(display)
            message.status = Health__V1__EncounterStatus(rawValue: status.wireNumber)
            if let startedAt {
                message.started_case = HEALTH__V1__ENCOUNTER_RECORDED__STARTED_STARTED_AT_US
                message.started_at_us = startedAt.microseconds
            }
            if let endedAt {
                message.ended_case = HEALTH__V1__ENCOUNTER_RECORDED__ENDED_ENDED_AT_US
                message.ended_at_us = endedAt.microseconds
            }
            message.reason_code = writer.text(reasonCode)
            message.reason_system = writer.text(reasonSystem)
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
        json.text("encounter_class", encounterClass)
        json.text("code", code)
        json.text("code_system", codeSystem)
        json.text("display", display)
        json.value("status", status)
        json.time("started_at_us", startedAt)
        json.time("ended_at_us", endedAt)
        json.text("reason_code", reasonCode)
        json.text("reason_system", reasonSystem)
        json.text("resource_id", resourceID)
        json.text("source", source)
        json.time("received_at_us", receivedAt)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
