/// One record as it came from Kafka.
///
/// Key, value and headers lie in one allocation; the accessors slice it. A nil value is a tombstone, an ordinary
/// record.
public struct ConsumedRecord: Sendable {
    /// Where the record stands.
    public let topicPartition: TopicPartition
    /// Its offset in the partition.
    public let offset: Int64
    /// Microseconds since the epoch, UTC, in whole milliseconds; -1 when the record has none.
    public let timestampMicroseconds: Int64
    /// Length of the key, or -1 for none.
    let keyLength: Int32
    /// Length of the value, or -1 for none.
    let valueLength: Int32
    /// key | value | headers, each header as: UInt32 length of the name, UInt32 length of the value, name, value.
    let storage: [UInt8]

    init(
        topicPartition: TopicPartition, offset: Int64, timestampMicroseconds: Int64, keyLength: Int32,
        valueLength: Int32,
        storage: [UInt8]
    ) {
        self.topicPartition = topicPartition
        self.offset = offset
        self.timestampMicroseconds = timestampMicroseconds
        self.keyLength = keyLength
        self.valueLength = valueLength
        self.storage = storage
    }

    /// A record made by hand: for replays and for tests that need no broker.
    public init(
        topicPartition: TopicPartition, offset: Int64, timestampMicroseconds: Int64, key: [UInt8]?, value: [UInt8]?,
        headers: [KafkaHeader] = []
    ) {
        var storage = (key ?? []) + (value ?? [])
        for header in headers {
            let name = Array(header.name.utf8)
            withUnsafeBytes(of: UInt32(clamping: name.count)) { storage.append(contentsOf: $0) }
            withUnsafeBytes(of: UInt32(clamping: header.value.count)) { storage.append(contentsOf: $0) }
            storage.append(contentsOf: name)
            storage.append(contentsOf: header.value)
        }
        self.init(
            topicPartition: topicPartition, offset: offset, timestampMicroseconds: timestampMicroseconds,
            keyLength: key.map { Int32(clamping: $0.count) } ?? -1,
            valueLength: value.map { Int32(clamping: $0.count) } ?? -1, storage: storage)
    }

    /// The key; nil and empty are different.
    public var key: ArraySlice<UInt8>? {
        keyLength < 0 ? nil : storage[..<Int(keyLength)]
    }

    /// The value; nil is a tombstone.
    public var value: ArraySlice<UInt8>? {
        guard valueLength >= 0 else { return nil }
        let start = Int(max(keyLength, 0))
        return storage[start..<start + Int(valueLength)]
    }

    /// The bytes that the record holds: key, value and headers with their lengths. What a byte budget should count.
    public var byteCount: Int { storage.count }

    /// All headers, in order.
    public var headers: [KafkaHeader] {
        var headers: [KafkaHeader] = []
        scanHeaders { name, value in
            headers.append(
                KafkaHeader(name: String(decoding: storage[name], as: UTF8.self), value: Array(storage[value])))
        }
        return headers
    }

    /// The value of the last header called `name`, as Kafka's `lastHeader`; nil when there is none.
    public func header(_ name: String) -> ArraySlice<UInt8>? {
        var found: Range<Int>?
        scanHeaders { candidate, value in
            if storage[candidate].elementsEqual(name.utf8) { found = value }
        }
        return found.map { storage[$0] }
    }

    private func scanHeaders(_ body: (_ name: Range<Int>, _ value: Range<Int>) -> Void) {
        var position = Int(max(keyLength, 0)) + Int(max(valueLength, 0))
        while position + 8 <= storage.count {
            let (nameLength, valueLength) = storage.withUnsafeBytes { bytes in
                (
                    Int(bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)),
                    Int(bytes.loadUnaligned(fromByteOffset: position + 4, as: UInt32.self))
                )
            }
            let name = position + 8..<position + 8 + nameLength
            let value = name.upperBound..<name.upperBound + valueLength
            guard value.upperBound <= storage.count else { return }
            body(name, value)
            position = value.upperBound
        }
    }
}
