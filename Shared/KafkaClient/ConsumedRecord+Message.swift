import CKafka
import Glibc

extension ConsumedRecord {
    /// Copies a message of the library: its bytes once, into one allocation.
    init(copying message: UnsafePointer<rd_kafka_message_t>, topicPartition: TopicPartition) {
        let keyLength = message.pointee.key == nil ? 0 : message.pointee.key_len
        let valueLength = message.pointee.payload == nil ? 0 : message.pointee.len

        var headers: OpaquePointer?
        let hasHeaders = rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR
        var headerLength = 0
        if hasHeaders, let headers {
            Self.eachHeader(of: headers) { headerLength += 8 + $0.count + $1.count }
        }

        let storage = [UInt8](unsafeUninitializedCapacity: keyLength + valueLength + headerLength) { buffer, count in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            if keyLength > 0, let key = message.pointee.key {
                bytes.copyMemory(from: UnsafeRawBufferPointer(start: key, count: keyLength))
            }
            if valueLength > 0, let value = message.pointee.payload {
                UnsafeMutableRawBufferPointer(rebasing: bytes[keyLength...])
                    .copyMemory(from: UnsafeRawBufferPointer(start: value, count: valueLength))
            }
            var position = keyLength + valueLength
            if headerLength > 0, let headers {
                Self.eachHeader(of: headers) { name, value in
                    bytes.storeBytes(
                        of: UInt32(truncatingIfNeeded: name.count), toByteOffset: position, as: UInt32.self)
                    bytes.storeBytes(
                        of: UInt32(truncatingIfNeeded: value.count), toByteOffset: position + 4, as: UInt32.self)
                    UnsafeMutableRawBufferPointer(rebasing: bytes[(position + 8)...]).copyMemory(from: name)
                    position += 8 + name.count
                    UnsafeMutableRawBufferPointer(rebasing: bytes[position...]).copyMemory(from: value)
                    position += value.count
                }
            }
            count = position
        }

        let milliseconds = rd_kafka_message_timestamp(message, nil)
        self.init(
            topicPartition: topicPartition, offset: message.pointee.offset,
            timestampMicroseconds: milliseconds < 0 ? -1 : min(milliseconds, Int64.max / 1000) * 1000,
            keyLength: message.pointee.key == nil ? -1 : Int32(truncatingIfNeeded: keyLength),
            valueLength: message.pointee.payload == nil ? -1 : Int32(truncatingIfNeeded: valueLength), storage: storage)
    }

    private static func eachHeader(
        of headers: OpaquePointer, _ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Void
    ) {
        for index in 0..<rd_kafka_header_cnt(headers) {
            var name: UnsafePointer<CChar>?
            var value: UnsafeRawPointer?
            var size = 0
            guard rd_kafka_header_get_all(headers, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR, let name
            else { return }
            body(
                UnsafeRawBufferPointer(start: name, count: strlen(name)),
                UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : size))
        }
    }
}
