import CHealthContracts
import Domain

extension ReportRecorded {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "ReportRecorded", unpack: health__v1__report_recorded__unpack
        ) { (message, reader) throws(ContractError) in
            let conclusionCode = try reader.text(message.pointee.conclusion_code, "conclusion_code")
            let conclusionSystem = try reader.text(message.pointee.conclusion_system, "conclusion_system")
            if conclusionCode.isEmpty, !conclusionSystem.isEmpty {
                throw reader.error(.contradiction, "conclusion_system")
            }
            return ReportRecorded(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                patient: try reader.pseudonym(message.pointee.patient, "patient"),
                code: try reader.required(message.pointee.code, "code"),
                codeSystem: try reader.required(message.pointee.code_system, "code_system"),
                display: try reader.text(message.pointee.display, "display"),
                category: try reader.text(message.pointee.category, "category"),
                status: try reader.value(message.pointee.status.rawValue, "status"),
                effectiveAt: try reader.time(
                    message.pointee.effective_at_us,
                    ifPresent: message.pointee.effective_case == HEALTH__V1__REPORT_RECORDED__EFFECTIVE_EFFECTIVE_AT_US,
                    "effective_at_us"),
                issuedAt: try reader.time(
                    message.pointee.issued_at_us,
                    ifPresent: message.pointee.issued_case == HEALTH__V1__REPORT_RECORDED__ISSUED_ISSUED_AT_US,
                    "issued_at_us"),
                conclusionCode: conclusionCode,
                conclusionSystem: conclusionSystem,
                resultCount: try reader.number(message.pointee.result_count, in: 0...Int32.max, "result_count"),
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
            Health__V1__ReportRecorded(), unknownFields: unknownFields,
            initialize: health__v1__report_recorded__init, size: health__v1__report_recorded__get_packed_size,
            pack: health__v1__report_recorded__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.patient = writer.text(patient)
            message.code = writer.text(code)
            message.code_system = writer.text(codeSystem)
            message.display = writer.text(display)
            message.category = writer.text(category)
            message.status = Health__V1__ReportStatus(rawValue: status.wireNumber)
            if let effectiveAt {
                message.effective_case = HEALTH__V1__REPORT_RECORDED__EFFECTIVE_EFFECTIVE_AT_US
                message.effective_at_us = effectiveAt.microseconds
            }
            if let issuedAt {
                message.issued_case = HEALTH__V1__REPORT_RECORDED__ISSUED_ISSUED_AT_US
                message.issued_at_us = issuedAt.microseconds
            }
            message.conclusion_code = writer.text(conclusionCode)
            message.conclusion_system = writer.text(conclusionSystem)
            message.result_count = resultCount
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
        json.text("category", category)
        json.value("status", status)
        json.time("effective_at_us", effectiveAt)
        json.time("issued_at_us", issuedAt)
        json.text("conclusion_code", conclusionCode)
        json.text("conclusion_system", conclusionSystem)
        json.integer("result_count", resultCount)
        json.text("resource_id", resourceID)
        json.text("source", source)
        json.time("received_at_us", receivedAt)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
