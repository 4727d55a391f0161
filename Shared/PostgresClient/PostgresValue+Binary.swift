extension PostgresValue {
    /// The type that is declared for the parameter; NULL leaves it to the server.
    var typeOID: UInt32 {
        switch self {
        case .null: TypeOID.unknown
        case .bool: TypeOID.bool
        case .int32: TypeOID.int4
        case .int64: TypeOID.int8
        case .double: TypeOID.float8
        case .text: TypeOID.text
        case .bytes: TypeOID.bytea
        case .uuid: TypeOID.uuid
        case .timestamp: TypeOID.timestamptz
        case .json: TypeOID.jsonb
        case .boolArray: TypeOID.boolArray
        case .int32Array: TypeOID.int4Array
        case .int64Array: TypeOID.int8Array
        case .doubleArray: TypeOID.float8Array
        case .textArray: TypeOID.textArray
        case .bytesArray: TypeOID.byteaArray
        case .uuidArray: TypeOID.uuidArray
        case .timestampArray: TypeOID.timestamptzArray
        case .jsonArray: TypeOID.jsonbArray
        }
    }

    /// Appends the value's binary form, without its length; NULL appends nothing.
    func encode(into buffer: inout BinaryBuffer) {
        switch self {
        case .null: break
        case .bool(let value): buffer.append(value ? 1 : 0 as UInt8)
        case .int32(let value): buffer.append(value)
        case .int64(let value): buffer.append(value)
        case .double(let value): buffer.append(value)
        case .text(let value): buffer.append(value)
        case .bytes(let value): buffer.append(value)
        case .uuid(let value): buffer.append(value)
        case .timestamp(let value): buffer.append(PostgresTime.toServer(value))
        case .json(let value): buffer.appendJSONB(value)
        case .boolArray(let values):
            buffer.appendArray(values, of: TypeOID.bool, size: 1) { $0.append($1 ? 1 : 0 as UInt8) }
        case .int32Array(let values): buffer.appendArray(values, of: TypeOID.int4, size: 4) { $0.append($1) }
        case .int64Array(let values): buffer.appendArray(values, of: TypeOID.int8, size: 8) { $0.append($1) }
        case .doubleArray(let values): buffer.appendArray(values, of: TypeOID.float8, size: 8) { $0.append($1) }
        case .uuidArray(let values): buffer.appendArray(values, of: TypeOID.uuid, size: 16) { $0.append($1) }
        case .timestampArray(let values):
            buffer.appendArray(values, of: TypeOID.timestamptz, size: 8) { $0.append(PostgresTime.toServer($1)) }
        case .textArray(let values): buffer.appendArray(values, of: TypeOID.text) { $0.append($1) }
        case .bytesArray(let values): buffer.appendArray(values, of: TypeOID.bytea) { $0.append($1) }
        case .jsonArray(let values): buffer.appendArray(values, of: TypeOID.jsonb) { $0.appendJSONB($1) }
        }
    }
}

extension BinaryBuffer {
    /// `jsonb_recv` wants the version number 1 before the text.
    mutating func appendJSONB(_ text: String) {
        append(1 as UInt8)
        append(text)
    }

    /// `array_recv`'s form: dimensions, NULL flag, element type, then length and lower bound of the one dimension, then
    /// elements.
    @inline(__always)
    private mutating func appendHeader(count: Int, hasNull: Bool, element: UInt32) {
        append(count == 0 ? 0 : 1 as Int32)
        append(hasNull ? 1 : 0 as Int32)
        append(element)
        guard count > 0 else { return }
        append(Int32(truncatingIfNeeded: count))
        append(1 as Int32)
    }

    /// An array of elements that all have `size` bytes.
    @inline(__always)
    mutating func appendArray<Element>(
        _ values: [Element?], of element: UInt32, size: Int32, _ write: (inout BinaryBuffer, Element) -> Void
    ) {
        reserve(20 + values.count * (4 + Int(size)))
        let flag = count + 4
        appendHeader(count: values.count, hasNull: false, element: element)
        var hasNull = false
        for value in values {
            if let value {
                append(size)
                write(&self, value)
            } else {
                append(-1 as Int32)
                hasNull = true
            }
        }
        if hasNull { base.storeBytes(of: Int32(1).bigEndian, toByteOffset: flag, as: Int32.self) }
    }

    /// An array of elements of varying size.
    @inline(__always)
    mutating func appendArray<Element>(
        _ values: [Element?], of element: UInt32, _ write: (inout BinaryBuffer, Element) -> Void
    ) {
        let flag = count + 4
        appendHeader(count: values.count, hasNull: false, element: element)
        var hasNull = false
        for value in values {
            let start = count
            if let value {
                append(0 as Int32)
                write(&self, value)
                setLength(at: start)
            } else {
                append(-1 as Int32)
                hasNull = true
            }
        }
        if hasNull { base.storeBytes(of: Int32(1).bigEndian, toByteOffset: flag, as: Int32.self) }
    }
}
