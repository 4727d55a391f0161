import CHealthContracts
import Domain

extension ConsentRecorded {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "ConsentRecorded", unpack: health__v1__consent_recorded__unpack
        ) { (message, reader) throws(ContractError) in
            let startsAt = try reader.time(
                message.pointee.starts_at_us,
                ifPresent: message.pointee.starts_case == HEALTH__V1__CONSENT_RECORDED__STARTS_STARTS_AT_US,
                "starts_at_us")
            let endsAt = try reader.time(
                message.pointee.ends_at_us,
                ifPresent: message.pointee.ends_case == HEALTH__V1__CONSENT_RECORDED__ENDS_ENDS_AT_US, "ends_at_us")
            if let startsAt, let endsAt, endsAt < startsAt { throw reader.error(.outOfRange, "ends_at_us") }
            return ConsentRecorded(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                patient: try reader.pseudonym(message.pointee.patient, "patient"),
                status: try reader.value(message.pointee.status.rawValue, "status"),
                scope: try reader.text(message.pointee.scope, "scope"),
                isPermit: message.pointee.is_permit != 0,
                startsAt: startsAt,
                endsAt: endsAt,
                resourceTypes: try reader.texts(
                    message.pointee.resource_types, count: message.pointee.n_resource_types,
                    limit: ContractLimits.listEntries, "resource_types"),
                codes: try reader.texts(
                    message.pointee.codes, count: message.pointee.n_codes, limit: ContractLimits.listEntries, "codes"),
                purposes: try reader.texts(
                    message.pointee.purposes, count: message.pointee.n_purposes, limit: ContractLimits.listEntries,
                    "purposes"),
                sources: try reader.texts(
                    message.pointee.sources, count: message.pointee.n_sources, limit: ContractLimits.listEntries,
                    "sources"),
                recordedAt: try reader.time(
                    message.pointee.recorded_at_us,
                    ifPresent: message.pointee.recorded_case == HEALTH__V1__CONSENT_RECORDED__RECORDED_RECORDED_AT_US,
                    "recorded_at_us"),
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
            Health__V1__ConsentRecorded(), unknownFields: unknownFields,
            initialize: health__v1__consent_recorded__init, size: health__v1__consent_recorded__get_packed_size,
            pack: health__v1__consent_recorded__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.patient = writer.text(patient)
            message.status = Health__V1__ConsentStatus(rawValue: status.wireNumber)
            message.scope = writer.text(scope)
            message.is_permit = isPermit ? 1 : 0
            if let startsAt {
                message.starts_case = HEALTH__V1__CONSENT_RECORDED__STARTS_STARTS_AT_US
                message.starts_at_us = startsAt.microseconds
            }
            if let endsAt {
                message.ends_case = HEALTH__V1__CONSENT_RECORDED__ENDS_ENDS_AT_US
                message.ends_at_us = endsAt.microseconds
            }
            message.n_resource_types = resourceTypes.count
            message.resource_types = writer.texts(resourceTypes)
            message.n_codes = codes.count
            message.codes = writer.texts(codes)
            message.n_purposes = purposes.count
            message.purposes = writer.texts(purposes)
            message.n_sources = sources.count
            message.sources = writer.texts(sources)
            if let recordedAt {
                message.recorded_case = HEALTH__V1__CONSENT_RECORDED__RECORDED_RECORDED_AT_US
                message.recorded_at_us = recordedAt.microseconds
            }
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
        json.value("status", status)
        json.text("scope", scope)
        json.boolean("is_permit", isPermit)
        json.time("starts_at_us", startsAt)
        json.time("ends_at_us", endsAt)
        json.texts("resource_types", resourceTypes)
        json.texts("codes", codes)
        json.texts("purposes", purposes)
        json.texts("sources", sources)
        json.time("recorded_at_us", recordedAt)
        json.text("resource_id", resourceID)
        json.text("source", source)
        json.time("received_at_us", receivedAt)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
