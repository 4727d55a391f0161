import Domain
import KafkaClient

/// A whole record as bytes - topic, place, time, key, value and headers - so that it can be sealed, kept and replayed as it was.
///
/// Layout, version 1, big-endian: `01`, partition `i32`, offset `i64`, time `i64` (µs), then length-prefixed (`u32`) topic, key (length
/// `ffffffff` = no key), value, and a `u32` count of headers with name and value each.
public enum RecordEnvelope {
    /// The bytes of `record`.
    public static func encode(_ record: StreamRecord) -> [UInt8] {
        var bytes: [UInt8] = [1]
        bytes.reserveCapacity(record.byteCount + 96)
        append(UInt64(bitPattern: Int64(record.partition)), 4, to: &bytes)
        append(UInt64(bitPattern: record.offset), 8, to: &bytes)
        append(UInt64(bitPattern: record.receivedAt.microseconds), 8, to: &bytes)
        append(Array(record.topic.utf8), to: &bytes)
        if let key = record.key { append(key, to: &bytes) } else { append(UInt64(UInt32.max), 4, to: &bytes) }
        append(record.value ?? [], to: &bytes)
        let headers = record.headers
        append(UInt64(headers.count), 4, to: &bytes)
        for header in headers {
            append(Array(header.name.utf8), to: &bytes)
            append(header.value, to: &bytes)
        }
        return bytes
    }

    /// The record that ``encode(_:)`` wrote, or nil when the bytes are not of that form.
    public static func decode(_ bytes: [UInt8]) -> StreamRecord? {
        var reader = EnvelopeReader(bytes)
        guard reader.integer(1) == 1, let partition = reader.integer(4), let offset = reader.integer(8),
            let time = reader.integer(8), let topic = reader.text(), let key = reader.optionalBytes(),
            let value = reader.optionalBytes(), let value, let count = reader.integer(4), count <= 10_000
        else { return nil }
        var headers: [KafkaHeader] = []
        for _ in 0..<count {
            guard let name = reader.text(), let content = reader.optionalBytes(), let content else { return nil }
            headers.append(KafkaHeader(name: name, value: content))
        }
        return StreamRecord(
            topic: topic, partition: Int32(truncatingIfNeeded: partition), offset: Int64(bitPattern: offset),
            receivedAt: Timestamp(microseconds: Int64(bitPattern: time)), key: key, value: value, headers: headers)
    }

    private static func append(_ value: UInt64, _ width: Int, to bytes: inout [UInt8]) {
        for shift in stride(from: (width - 1) * 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
        }
    }

    private static func append(_ content: some Collection<UInt8>, to bytes: inout [UInt8]) {
        append(UInt64(content.count), 4, to: &bytes)
        bytes.append(contentsOf: content)
    }
}

private struct EnvelopeReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func integer(_ width: Int) -> UInt64? {
        guard position + width <= bytes.count else { return nil }
        defer { position += width }
        return bytes[position..<position + width].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// `.some(nil)` for an absent value, nil for broken bytes.
    mutating func optionalBytes() -> [UInt8]?? {
        guard let length = integer(4) else { return nil }
        guard length != UInt64(UInt32.max) else { return .some(nil) }
        guard position + Int(length) <= bytes.count else { return nil }
        defer { position += Int(length) }
        return .some(Array(bytes[position..<position + Int(length)]))
    }

    mutating func text() -> String? {
        guard let content = optionalBytes(), let content else { return nil }
        return String(validating: content, as: UTF8.self)
    }
}
