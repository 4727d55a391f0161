import CHealthContracts
import Domain

extension ObservationRecorded {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "ObservationRecorded", unpack: health__v1__observation_recorded__unpack
        ) { (message, reader) throws(ContractError) in
            let value = try Self.value(of: message, reader)
            let effectiveAt = try reader.requiredTime(
                message.pointee.effective_at_us,
                isPresent: message.pointee.effective_case
                    == HEALTH__V1__OBSERVATION_RECORDED__EFFECTIVE_EFFECTIVE_AT_US,
                "effective_at_us")
            let effectiveEndAt = try reader.time(
                message.pointee.effective_end_at_us,
                ifPresent: message.pointee.effective_end_case
                    == HEALTH__V1__OBSERVATION_RECORDED__EFFECTIVE_END_EFFECTIVE_END_AT_US,
                "effective_end_at_us")
            if let effectiveEndAt, effectiveEndAt < effectiveAt {
                throw reader.error(.outOfRange, "effective_end_at_us")
            }
            let unit = try reader.text(message.pointee.unit, "unit")
            if case .quantity = value {} else if !unit.isEmpty { throw reader.error(.contradiction, "unit") }
            let originalCode = try reader.text(message.pointee.original_code, "original_code")
            let originalCodeSystem = try reader.text(message.pointee.original_code_system, "original_code_system")
            if originalCode.isEmpty, !originalCodeSystem.isEmpty {
                throw reader.error(.contradiction, "original_code_system")
            }
            return ObservationRecorded(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                patient: try reader.pseudonym(message.pointee.patient, "patient"),
                code: try reader.required(message.pointee.code, "code"),
                codeSystem: try reader.required(message.pointee.code_system, "code_system"),
                display: try reader.text(message.pointee.display, "display"),
                value: value,
                unit: unit,
                originalValue: try reader.text(message.pointee.original_value, "original_value"),
                originalUnit: try reader.text(message.pointee.original_unit, "original_unit"),
                originalCode: originalCode,
                originalCodeSystem: originalCodeSystem,
                status: try reader.value(message.pointee.status.rawValue, "status"),
                effectiveAt: effectiveAt,
                effectiveEndAt: effectiveEndAt,
                receivedAt: try reader.fleetTime(message.pointee.received_at_us, "received_at_us"),
                source: try reader.required(message.pointee.source, "source"),
                deviceID: try reader.text(message.pointee.device_id, "device_id"),
                resourceID: try reader.text(message.pointee.resource_id, "resource_id"),
                modelVersion: try reader.required(message.pointee.model_version, "model_version"),
                producedAt: try reader.fleetTime(message.pointee.produced_at_us, "produced_at_us"),
                unknownFields: try reader.unknownFields(message.pointee.base))
        }
    }

    private static func value(
        of message: UnsafeMutablePointer<Health__V1__ObservationRecorded>, _ reader: MessageReader
    ) throws(ContractError) -> Value {
        let system = try reader.text(message.pointee.value_code_system, "value_code_system")
        if message.pointee.value_case == HEALTH__V1__OBSERVATION_RECORDED__VALUE_CODED {
            return .coded(code: try reader.required(message.pointee.coded, "coded"), system: system)
        }
        guard system.isEmpty else { throw reader.error(.contradiction, "value_code_system") }
        switch message.pointee.value_case {
        case HEALTH__V1__OBSERVATION_RECORDED__VALUE_QUANTITY:
            return .quantity(try reader.finite(message.pointee.quantity, "quantity"))
        case HEALTH__V1__OBSERVATION_RECORDED__VALUE_TEXT:
            return .text(try reader.text(message.pointee.text, "text"))
        case HEALTH__V1__OBSERVATION_RECORDED__VALUE_BOOLEAN:
            return .boolean(message.pointee.boolean != 0)
        case HEALTH__V1__OBSERVATION_RECORDED__VALUE_ABSENT_REASON:
            return .absent(reason: try reader.required(message.pointee.absent_reason, "absent_reason"))
        default:
            throw reader.error(.missing, "value")
        }
    }

    /// The protobuf message. Makes no check; a NUL character in a text is written as U+FFFD.
    public func encoded() -> [UInt8] {
        MessageWriter.write(
            Health__V1__ObservationRecorded(), unknownFields: unknownFields,
            initialize: health__v1__observation_recorded__init,
            size: health__v1__observation_recorded__get_packed_size,
            pack: health__v1__observation_recorded__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.patient = writer.text(patient)
            message.code = writer.text(code)
            message.code_system = writer.text(codeSystem)
            message.display = writer.text(display)
            switch value {
            case .quantity(let number):
                message.value_case = HEALTH__V1__OBSERVATION_RECORDED__VALUE_QUANTITY
                message.quantity = number
            case .text(let text):
                message.value_case = HEALTH__V1__OBSERVATION_RECORDED__VALUE_TEXT
                message.text = writer.text(text)
            case .coded(let code, let system):
                message.value_case = HEALTH__V1__OBSERVATION_RECORDED__VALUE_CODED
                message.coded = writer.text(code)
                message.value_code_system = writer.text(system)
            case .boolean(let flag):
                message.value_case = HEALTH__V1__OBSERVATION_RECORDED__VALUE_BOOLEAN
                message.boolean = flag ? 1 : 0
            case .absent(let reason):
                message.value_case = HEALTH__V1__OBSERVATION_RECORDED__VALUE_ABSENT_REASON
                message.absent_reason = writer.text(reason)
            }
            message.unit = writer.text(unit)
            message.original_value = writer.text(originalValue)
            message.original_unit = writer.text(originalUnit)
            message.original_code = writer.text(originalCode)
            message.original_code_system = writer.text(originalCodeSystem)
            message.status = Health__V1__ObservationStatus(rawValue: status.wireNumber)
            message.effective_case = HEALTH__V1__OBSERVATION_RECORDED__EFFECTIVE_EFFECTIVE_AT_US
            message.effective_at_us = effectiveAt.microseconds
            if let effectiveEndAt {
                message.effective_end_case = HEALTH__V1__OBSERVATION_RECORDED__EFFECTIVE_END_EFFECTIVE_END_AT_US
                message.effective_end_at_us = effectiveEndAt.microseconds
            }
            message.received_at_us = receivedAt.microseconds
            message.source = writer.text(source)
            message.device_id = writer.text(deviceID)
            message.resource_id = writer.text(resourceID)
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
        switch value {
        case .quantity(let number): json.number("quantity", number)
        case .text(let text): json.presentText("text", text)
        case .coded(let code, let system):
            json.presentText("coded", code)
            json.text("value_code_system", system)
        case .boolean(let flag): json.boolean("boolean", flag)
        case .absent(let reason): json.presentText("absent_reason", reason)
        }
        json.text("unit", unit)
        json.text("original_value", originalValue)
        json.text("original_unit", originalUnit)
        json.text("original_code", originalCode)
        json.text("original_code_system", originalCodeSystem)
        json.value("status", status)
        json.time("effective_at_us", effectiveAt)
        json.time("effective_end_at_us", effectiveEndAt)
        json.time("received_at_us", receivedAt)
        json.text("source", source)
        json.text("device_id", deviceID)
        json.text("resource_id", resourceID)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
