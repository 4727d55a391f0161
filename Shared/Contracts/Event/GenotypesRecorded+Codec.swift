import CHealthContracts
import Domain

extension GenotypesRecorded {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "GenotypesRecorded", unpack: health__v1__genotypes_recorded__unpack
        ) { (message, reader) throws(ContractError) in
            GenotypesRecorded(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                patient: try reader.pseudonym(message.pointee.patient, "patient"),
                sampleID: try reader.text(message.pointee.sample_id, "sample_id"),
                assembly: try reader.assembly(message.pointee.assembly, "assembly"),
                format: try reader.value(message.pointee.format.rawValue, "format"),
                submissionID: try reader.eventID(message.pointee.submission_id, "submission_id"),
                chunk: try reader.number(message.pointee.chunk, in: 0...Int32.max, "chunk"),
                isLastChunk: message.pointee.is_last_chunk != 0,
                calls: try reader.list(
                    message.pointee.calls, count: message.pointee.n_calls, limit: ContractLimits.genotypeCalls, "calls"
                ) { (item) throws(ContractError) in try GenotypeCall(item, reader) },
                collectedAt: try reader.time(
                    message.pointee.collected_at_us,
                    ifPresent: message.pointee.collected_case
                        == HEALTH__V1__GENOTYPES_RECORDED__COLLECTED_COLLECTED_AT_US, "collected_at_us"),
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
            Health__V1__GenotypesRecorded(), unknownFields: unknownFields,
            initialize: health__v1__genotypes_recorded__init, size: health__v1__genotypes_recorded__get_packed_size,
            pack: health__v1__genotypes_recorded__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.patient = writer.text(patient)
            message.sample_id = writer.text(sampleID)
            message.assembly = writer.text(assembly)
            message.format = Health__V1__GenotypeFormat(rawValue: format.wireNumber)
            message.submission_id = writer.text(submissionID)
            message.chunk = chunk
            message.is_last_chunk = isLastChunk ? 1 : 0
            message.n_calls = calls.count
            message.calls = writer.messages(calls) { $0.message(&$1) }
            if let collectedAt {
                message.collected_case = HEALTH__V1__GENOTYPES_RECORDED__COLLECTED_COLLECTED_AT_US
                message.collected_at_us = collectedAt.microseconds
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
        json.text("assembly", assembly)
        json.value("format", format)
        json.id("submission_id", submissionID)
        json.integer("chunk", chunk)
        json.boolean("is_last_chunk", isLastChunk)
        json.objects("calls", calls.map(\.json))
        json.time("collected_at_us", collectedAt)
        json.text("resource_id", resourceID)
        json.text("source", source)
        json.time("received_at_us", receivedAt)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
