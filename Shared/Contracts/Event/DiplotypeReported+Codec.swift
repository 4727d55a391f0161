import CHealthContracts
import Domain

extension DiplotypeReported {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "DiplotypeReported", unpack: health__v1__diplotype_reported__unpack
        ) { (message, reader) throws(ContractError) in
            let event = DiplotypeReported(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                patient: try reader.pseudonym(message.pointee.patient, "patient"),
                gene: try reader.required(message.pointee.gene, "gene"),
                diplotype: try reader.text(message.pointee.diplotype, "diplotype"),
                phenotype: try reader.text(message.pointee.phenotype, "phenotype"),
                activityScore: try reader.finite(
                    message.pointee.activity_score,
                    ifPresent: message.pointee.activity_case == HEALTH__V1__DIPLOTYPE_REPORTED__ACTIVITY_ACTIVITY_SCORE,
                    "activity_score"),
                isNoCall: message.pointee.is_no_call != 0,
                laboratory: try reader.text(message.pointee.laboratory, "laboratory"),
                method: try reader.text(message.pointee.method, "method"),
                sampleID: try reader.text(message.pointee.sample_id, "sample_id"),
                reportedAt: try reader.requiredTime(
                    message.pointee.reported_at_us,
                    isPresent: message.pointee.reported_case == HEALTH__V1__DIPLOTYPE_REPORTED__REPORTED_REPORTED_AT_US,
                    "reported_at_us"),
                resourceID: try reader.text(message.pointee.resource_id, "resource_id"),
                source: try reader.required(message.pointee.source, "source"),
                receivedAt: try reader.fleetTime(message.pointee.received_at_us, "received_at_us"),
                modelVersion: try reader.required(message.pointee.model_version, "model_version"),
                producedAt: try reader.fleetTime(message.pointee.produced_at_us, "produced_at_us"),
                unknownFields: try reader.unknownFields(message.pointee.base))
            let hasResult = !event.diplotype.isEmpty || !event.phenotype.isEmpty || event.activityScore != nil
            if event.isNoCall, hasResult { throw reader.error(.contradiction, "is_no_call") }
            if !event.isNoCall, !hasResult { throw reader.error(.missing, "diplotype") }
            return event
        }
    }

    /// The protobuf message. Makes no check; a NUL character in a text is written as U+FFFD.
    public func encoded() -> [UInt8] {
        MessageWriter.write(
            Health__V1__DiplotypeReported(), unknownFields: unknownFields,
            initialize: health__v1__diplotype_reported__init,
            size: health__v1__diplotype_reported__get_packed_size, pack: health__v1__diplotype_reported__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.patient = writer.text(patient)
            message.gene = writer.text(gene)
            message.diplotype = writer.text(diplotype)
            message.phenotype = writer.text(phenotype)
            if let activityScore {
                message.activity_case = HEALTH__V1__DIPLOTYPE_REPORTED__ACTIVITY_ACTIVITY_SCORE
                message.activity_score = activityScore
            }
            message.is_no_call = isNoCall ? 1 : 0
            message.laboratory = writer.text(laboratory)
            message.method = writer.text(method)
            message.sample_id = writer.text(sampleID)
            message.reported_case = HEALTH__V1__DIPLOTYPE_REPORTED__REPORTED_REPORTED_AT_US
            message.reported_at_us = reportedAt.microseconds
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
        json.text("gene", gene)
        json.text("diplotype", diplotype)
        json.text("phenotype", phenotype)
        if let activityScore { json.number("activity_score", activityScore) }
        json.boolean("is_no_call", isNoCall)
        json.text("laboratory", laboratory)
        json.text("method", method)
        json.text("sample_id", sampleID)
        json.time("reported_at_us", reportedAt)
        json.text("resource_id", resourceID)
        json.text("source", source)
        json.time("received_at_us", receivedAt)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
