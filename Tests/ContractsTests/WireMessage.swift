/// A protobuf message as a list of fields in wire order: an encoder and a reader that share no code with the codec under test.
struct WireMessage: Equatable {
    enum Payload: Equatable {
        case varint(UInt64)
        case fixed64(UInt64)
        case bytes([UInt8])
        case fixed32(UInt32)
    }

    struct Field: Equatable {
        var number: Int
        var payload: Payload
    }

    var fields: [Field] = []

    init(_ fields: [Field] = []) { self.fields = fields }

    /// The message in `bytes`, or nil when they are none.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        func varint() -> UInt64? {
            var value: UInt64 = 0
            for shift in stride(from: UInt64(0), to: 70, by: 7) {
                guard let byte = rest.popFirst() else { return nil }
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return value }
            }
            return nil
        }
        func take(_ count: Int) -> [UInt8]? {
            guard count <= rest.count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        func little(_ bytes: [UInt8]) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
        while !rest.isEmpty {
            guard let tag = varint() else { return nil }
            let payload: Payload?
            switch tag & 7 {
            case 0: payload = varint().map(Payload.varint)
            case 1: payload = take(8).map { .fixed64(little($0)) }
            case 2: payload = varint().flatMap { take(Int(clamping: $0)) }.map(Payload.bytes)
            case 5: payload = take(4).map { .fixed32(UInt32(little($0))) }
            default: payload = nil
            }
            guard let payload else { return nil }
            fields.append(Field(number: Int(tag >> 3), payload: payload))
        }
    }

    /// The message's bytes.
    var encoded: [UInt8] {
        var result: [UInt8] = []
        func varint(_ value: UInt64) {
            var rest = value
            while rest >= 0x80 {
                result.append(UInt8(rest & 0x7F) | 0x80)
                rest >>= 7
            }
            result.append(UInt8(rest))
        }
        for field in fields {
            let number = UInt64(field.number) << 3
            switch field.payload {
            case .varint(let value):
                varint(number)
                varint(value)
            case .fixed64(let value):
                varint(number | 1)
                for shift in stride(from: 0, to: 64, by: 8) {
                    result.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
                }
            case .bytes(let bytes):
                varint(number | 2)
                varint(UInt64(bytes.count))
                result += bytes
            case .fixed32(let value):
                varint(number | 5)
                for shift in stride(from: 0, to: 32, by: 8) {
                    result.append(UInt8(truncatingIfNeeded: value >> UInt32(shift)))
                }
            }
        }
        return result
    }

    /// The same message with the field `number` replaced by `payload`, or removed.
    func setting(_ number: Int, to payload: Payload?) -> WireMessage {
        var copy = self
        copy.fields.removeAll { $0.number == number }
        if let payload { copy.fields.append(Field(number: number, payload: payload)) }
        return copy
    }

    func all(_ number: Int) -> [Payload] {
        fields.filter { $0.number == number }.map(\.payload)
    }

    func text(_ number: Int) -> String? {
        guard case .bytes(let bytes) = all(number).last else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    func integer(_ number: Int) -> Int? {
        guard case .varint(let value) = all(number).last else { return nil }
        return Int(truncatingIfNeeded: value)
    }

    func messages(_ number: Int) -> [WireMessage] {
        all(number).compactMap {
            guard case .bytes(let bytes) = $0 else { return nil }
            return WireMessage(bytes)
        }
    }
}
