/// Reads what ``ByteWriter`` wrote; whatever the bytes, it stays within them and throws at their end.
struct ByteReader: ~Copyable {
    private let memory: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ memory: UnsafeBufferPointer<UInt8>) {
        self.memory = memory
    }

    var isAtEnd: Bool { position == memory.count }

    mutating func byte() throws(AlertEngineError) -> UInt8 {
        guard position < memory.count else { throw .brokenState("the bytes end too early") }
        defer { position += 1 }
        return memory[position]
    }

    mutating func fixed64() throws(AlertEngineError) -> UInt64 {
        guard memory.count - position >= 8 else { throw .brokenState("the bytes end too early") }
        defer { position += 8 }
        return UInt64(
            littleEndian: UnsafeRawBufferPointer(memory).loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    mutating func fixed16() throws(AlertEngineError) -> UInt16 {
        let low = try byte()
        return UInt16(low) | UInt16(try byte()) << 8
    }

    mutating func varint() throws(AlertEngineError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            if shift == 63, next > 1 { throw .brokenState("a number is too long") }
            value |= UInt64(next & 127) << shift
            if next < 128 { return value }
            shift += 7
        }
    }

    mutating func zigzag() throws(AlertEngineError) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}
