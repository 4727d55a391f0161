import CHealthContracts
import Domain

extension KnowledgeReleased {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "KnowledgeReleased", unpack: health__v1__knowledge_released__unpack
        ) { (message, reader) throws(ContractError) in
            KnowledgeReleased(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                subject: try reader.required(message.pointee.subject, "subject"),
                knowledgeVersion: try reader.required(message.pointee.knowledge_version, "knowledge_version"),
                digest: try reader.hash(message.pointee.digest, "digest"),
                files: try reader.list(
                    message.pointee.files, count: message.pointee.n_files, limit: ContractLimits.listEntries,
                    "files"
                ) { (item) throws(ContractError) in try KnowledgeFile(item, reader) },
                releasedAt: try reader.requiredTime(
                    message.pointee.released_at_us,
                    isPresent: message.pointee.released_case == HEALTH__V1__KNOWLEDGE_RELEASED__RELEASED_RELEASED_AT_US,
                    "released_at_us"),
                source: try reader.text(message.pointee.source, "source"),
                modelVersion: try reader.required(message.pointee.model_version, "model_version"),
                producedAt: try reader.fleetTime(message.pointee.produced_at_us, "produced_at_us"),
                unknownFields: try reader.unknownFields(message.pointee.base))
        }
    }

    /// The protobuf message. Makes no check; a NUL character in a text is written as U+FFFD.
    public func encoded() -> [UInt8] {
        MessageWriter.write(
            Health__V1__KnowledgeReleased(), unknownFields: unknownFields,
            initialize: health__v1__knowledge_released__init,
            size: health__v1__knowledge_released__get_packed_size, pack: health__v1__knowledge_released__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.subject = writer.text(subject)
            message.knowledge_version = writer.text(knowledgeVersion)
            message.digest = writer.text(digest)
            message.n_files = files.count
            message.files = writer.messages(files) { $0.message(&$1) }
            message.released_case = HEALTH__V1__KNOWLEDGE_RELEASED__RELEASED_RELEASED_AT_US
            message.released_at_us = releasedAt.microseconds
            message.source = writer.text(source)
            message.model_version = writer.text(modelVersion)
            message.produced_at_us = producedAt.microseconds
        }
    }

    /// The flat JSON mirror: ProtoJSON with the .proto field names, sorted by name.
    public var canonicalJSON: String {
        var json = CanonicalJSON()
        json.id("event_id", eventID)
        json.text("subject", subject)
        json.text("knowledge_version", knowledgeVersion)
        json.text("digest", digest)
        json.objects("files", files.map(\.json))
        json.time("released_at_us", releasedAt)
        json.text("source", source)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
