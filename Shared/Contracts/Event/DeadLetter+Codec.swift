import CHealthContracts
import Domain

extension DeadLetter {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "DeadLetter", unpack: health__v1__dead_letter__unpack
        ) { (message, reader) throws(ContractError) in
            DeadLetter(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                service: try reader.required(message.pointee.service, "service"),
                reasonCode: try reader.required(message.pointee.reason_code, "reason_code"),
                place: try reader.text(message.pointee.place, "place"),
                detail: try reader.text(message.pointee.detail, "detail"),
                attempts: try reader.number(message.pointee.attempts, in: 1...Int32.max, "attempts"),
                sourceTopic: try reader.required(message.pointee.source_topic, "source_topic"),
                sourcePartition: try reader.number(
                    message.pointee.source_partition, in: 0...Int32.max, "source_partition"),
                sourceOffset: try reader.number(message.pointee.source_offset, in: 0...Int64.max, "source_offset"),
                payloadSHA256: try reader.hash(message.pointee.payload_sha256, "payload_sha256"),
                payloadCiphertext: try reader.binary(message.pointee.payload_ciphertext, "payload_ciphertext"),
                keyID: try reader.text(message.pointee.key_id, "key_id"),
                modelVersion: try reader.required(message.pointee.model_version, "model_version"),
                producedAt: try reader.fleetTime(message.pointee.produced_at_us, "produced_at_us"),
                unknownFields: try reader.unknownFields(message.pointee.base))
        }
    }

    /// The protobuf message. Makes no check; a NUL character in a text is written as U+FFFD.
    public func encoded() -> [UInt8] {
        MessageWriter.write(
            Health__V1__DeadLetter(), unknownFields: unknownFields,
            initialize: health__v1__dead_letter__init, size: health__v1__dead_letter__get_packed_size,
            pack: health__v1__dead_letter__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.service = writer.text(service)
            message.reason_code = writer.text(reasonCode)
            message.place = writer.text(place)
            message.detail = writer.text(detail)
            message.attempts = attempts
            message.source_topic = writer.text(sourceTopic)
            message.source_partition = sourcePartition
            message.source_offset = sourceOffset
            message.payload_sha256 = writer.text(payloadSHA256)
            message.payload_ciphertext = writer.binary(payloadCiphertext)
            message.key_id = writer.text(keyID)
            message.model_version = writer.text(modelVersion)
            message.produced_at_us = producedAt.microseconds
        }
    }

    /// The flat JSON mirror: ProtoJSON with the .proto field names, sorted by name.
    public var canonicalJSON: String {
        var json = CanonicalJSON()
        json.id("event_id", eventID)
        json.text("service", service)
        json.text("reason_code", reasonCode)
        json.text("place", place)
        json.text("detail", detail)
        json.integer("attempts", attempts)
        json.text("source_topic", sourceTopic)
        json.integer("source_partition", sourcePartition)
        json.integer("source_offset", sourceOffset)
        json.text("payload_sha256", payloadSHA256)
        json.binary("payload_ciphertext", payloadCiphertext)
        json.text("key_id", keyID)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
