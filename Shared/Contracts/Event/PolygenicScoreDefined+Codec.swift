import CHealthContracts
import Domain

extension PolygenicScoreDefined {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "PolygenicScoreDefined", unpack: health__v1__polygenic_score_defined__unpack
        ) { (message, reader) throws(ContractError) in
            PolygenicScoreDefined(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                scoreID: try reader.required(message.pointee.score_id, "score_id"),
                name: try reader.text(message.pointee.name, "name"),
                trait: try reader.text(message.pointee.trait, "trait"),
                assembly: try reader.assembly(message.pointee.assembly, "assembly"),
                weightType: try reader.text(message.pointee.weight_type, "weight_type"),
                submissionID: try reader.eventID(message.pointee.submission_id, "submission_id"),
                chunk: try reader.number(message.pointee.chunk, in: 0...Int32.max, "chunk"),
                isLastChunk: message.pointee.is_last_chunk != 0,
                weights: try reader.list(
                    message.pointee.weights, count: message.pointee.n_weights, limit: ContractLimits.variantWeights,
                    "weights"
                ) { (item) throws(ContractError) in try VariantWeight(item, reader) },
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
            Health__V1__PolygenicScoreDefined(), unknownFields: unknownFields,
            initialize: health__v1__polygenic_score_defined__init,
            size: health__v1__polygenic_score_defined__get_packed_size, pack: health__v1__polygenic_score_defined__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.score_id = writer.text(scoreID)
            message.name = writer.text(name)
            message.trait = writer.text(trait)
            message.assembly = writer.text(assembly)
            message.weight_type = writer.text(weightType)
            message.submission_id = writer.text(submissionID)
            message.chunk = chunk
            message.is_last_chunk = isLastChunk ? 1 : 0
            message.n_weights = weights.count
            message.weights = writer.messages(weights) { $0.message(&$1) }
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
        json.text("score_id", scoreID)
        json.text("name", name)
        json.text("trait", trait)
        json.text("assembly", assembly)
        json.text("weight_type", weightType)
        json.id("submission_id", submissionID)
        json.integer("chunk", chunk)
        json.boolean("is_last_chunk", isLastChunk)
        json.objects("weights", weights.map(\.json))
        json.text("resource_id", resourceID)
        json.text("source", source)
        json.time("received_at_us", receivedAt)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
