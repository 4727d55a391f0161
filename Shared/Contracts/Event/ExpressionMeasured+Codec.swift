import CHealthContracts
import Domain

extension ExpressionMeasured {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "ExpressionMeasured", unpack: health__v1__expression_measured__unpack
        ) { (message, reader) throws(ContractError) in
            let genes = try reader.texts(
                message.pointee.genes, count: message.pointee.n_genes, limit: ContractLimits.genes, "genes")
            let values = try reader.finite(
                message.pointee.values, count: message.pointee.n_values, limit: ContractLimits.genes, "values")
            guard values.count == genes.count else { throw reader.error(.contradiction, "values") }
            return ExpressionMeasured(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                patient: try reader.pseudonym(message.pointee.patient, "patient"),
                sampleID: try reader.required(message.pointee.sample_id, "sample_id"),
                cohort: try reader.text(message.pointee.cohort, "cohort"),
                tissue: try reader.text(message.pointee.tissue, "tissue"),
                unit: try reader.text(message.pointee.unit, "unit"),
                geneSystem: try reader.value(message.pointee.gene_system.rawValue, "gene_system"),
                submissionID: try reader.eventID(message.pointee.submission_id, "submission_id"),
                chunk: try reader.number(message.pointee.chunk, in: 0...Int32.max, "chunk"),
                isLastChunk: message.pointee.is_last_chunk != 0,
                isSparse: message.pointee.is_sparse != 0,
                genes: genes,
                values: values,
                measuredAt: try reader.time(
                    message.pointee.measured_at_us,
                    ifPresent: message.pointee.measured_case
                        == HEALTH__V1__EXPRESSION_MEASURED__MEASURED_MEASURED_AT_US, "measured_at_us"),
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
            Health__V1__ExpressionMeasured(), unknownFields: unknownFields,
            initialize: health__v1__expression_measured__init, size: health__v1__expression_measured__get_packed_size,
            pack: health__v1__expression_measured__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.patient = writer.text(patient)
            message.sample_id = writer.text(sampleID)
            message.cohort = writer.text(cohort)
            message.tissue = writer.text(tissue)
            message.unit = writer.text(unit)
            message.gene_system = Health__V1__GeneSystem(rawValue: geneSystem.wireNumber)
            message.submission_id = writer.text(submissionID)
            message.chunk = chunk
            message.is_last_chunk = isLastChunk ? 1 : 0
            message.is_sparse = isSparse ? 1 : 0
            message.n_genes = genes.count
            message.genes = writer.texts(genes)
            message.n_values = values.count
            message.values = writer.array(values)
            if let measuredAt {
                message.measured_case = HEALTH__V1__EXPRESSION_MEASURED__MEASURED_MEASURED_AT_US
                message.measured_at_us = measuredAt.microseconds
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
        json.text("sample_id", sampleID)
        json.text("cohort", cohort)
        json.text("tissue", tissue)
        json.text("unit", unit)
        json.value("gene_system", geneSystem)
        json.id("submission_id", submissionID)
        json.integer("chunk", chunk)
        json.boolean("is_last_chunk", isLastChunk)
        json.boolean("is_sparse", isSparse)
        json.texts("genes", genes)
        json.numbers("values", values)
        json.time("measured_at_us", measuredAt)
        json.text("resource_id", resourceID)
        json.text("source", source)
        json.time("received_at_us", receivedAt)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
