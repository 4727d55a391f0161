/// Decodes the binary form of one value; nil when the type is another one or the length is wrong.
enum CellReader {
    @inline(__always)
    static func integer<Integer: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) -> Integer? {
        guard offset + MemoryLayout<Integer>.size <= bytes.count else { return nil }
        return Integer(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Integer.self))
    }

    static func bool(_ type: UInt32, _ bytes: UnsafeRawBufferPointer) -> Bool? {
        guard type == TypeOID.bool, bytes.count == 1 else { return nil }
        return bytes[0] != 0
    }

    static func int32(_ type: UInt32, _ bytes: UnsafeRawBufferPointer) -> Int32? {
        switch (type, bytes.count) {
        case (TypeOID.int4, 4): integer(bytes)
        case (TypeOID.int2, 2): (integer(bytes) as Int16?).map(Int32.init)
        default: nil
        }
    }

    static func int64(_ type: UInt32, _ bytes: UnsafeRawBufferPointer) -> Int64? {
        switch (type, bytes.count) {
        case (TypeOID.int8, 8): integer(bytes)
        case (TypeOID.oid, 4): (integer(bytes) as UInt32?).map(Int64.init)
        default: int32(type, bytes).map(Int64.init)
        }
    }

    static func double(_ type: UInt32, _ bytes: UnsafeRawBufferPointer) -> Double? {
        switch (type, bytes.count) {
        case (TypeOID.float8, 8): integer(bytes).map(Double.init(bitPattern:))
        case (TypeOID.float4, 4): integer(bytes).map { Double(Float(bitPattern: $0)) }
        default: nil
        }
    }

    static func text(_ type: UInt32, _ bytes: UnsafeRawBufferPointer) -> String? {
        switch type {
        case TypeOID.text, TypeOID.varchar, TypeOID.bpchar, TypeOID.name, TypeOID.json:
            String(validating: bytes, as: UTF8.self)
        case TypeOID.jsonb where bytes.first == 1:
            String(validating: bytes.dropFirst(), as: UTF8.self)
        default: nil
        }
    }

    static func bytes(_ type: UInt32, _ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        type == TypeOID.bytea ? Array(bytes) : nil
    }

    static func uuid(_ type: UInt32, _ bytes: UnsafeRawBufferPointer) -> UUIDBytes? {
        guard type == TypeOID.uuid, bytes.count == 16, let hi: UInt64 = integer(bytes),
            let lo: UInt64 = integer(bytes, at: 8)
        else { return nil }
        return UUIDBytes(hi: hi, lo: lo)
    }

    static func timestamp(_ type: UInt32, _ bytes: UnsafeRawBufferPointer) -> Int64? {
        guard type == TypeOID.timestamptz || type == TypeOID.timestamp, bytes.count == 8 else { return nil }
        return integer(bytes).map(PostgresTime.fromServer)
    }

    private static let arrays: Set<UInt32> = [
        TypeOID.boolArray, TypeOID.byteaArray, TypeOID.int4Array, TypeOID.textArray, TypeOID.int8Array,
        TypeOID.float8Array, TypeOID.timestamptzArray, TypeOID.uuidArray, TypeOID.jsonbArray,
        TypeOID.jsonArray, TypeOID.int2Array, TypeOID.varcharArray, TypeOID.float4Array, TypeOID.timestampArray,
    ]

    static func isArray(_ type: UInt32) -> Bool { arrays.contains(type) }

    /// Reads an array of at most one dimension; the element type is in its header.
    static func array<Value>(
        _ bytes: UnsafeRawBufferPointer, _ reader: (UInt32, UnsafeRawBufferPointer) -> Value?
    ) -> [Value?]? {
        guard let dimensions: Int32 = integer(bytes), let element: UInt32 = integer(bytes, at: 8) else { return nil }
        if dimensions == 0 { return [] }
        guard dimensions == 1, let count: Int32 = integer(bytes, at: 12), count >= 0 else { return nil }
        var values: [Value?] = []
        values.reserveCapacity(min(Int(count), bytes.count / 4))
        var offset = 20
        for _ in 0..<count {
            guard let length: Int32 = integer(bytes, at: offset) else { return nil }
            offset += 4
            if length < 0 {
                values.append(nil)
                continue
            }
            let end = offset + Int(length)
            guard end <= bytes.count, let value = reader(element, UnsafeRawBufferPointer(rebasing: bytes[offset..<end]))
            else { return nil }
            values.append(value)
            offset = end
        }
        return values
    }
}
