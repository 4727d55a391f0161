import CProtobufC

/// Repeated fields; the counts are set by the caller.
extension MessageWriter {
    /// The C forms of `texts`.
    mutating func texts(_ texts: [String]) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        guard let items = storage(for: UnsafeMutablePointer<CChar>?.self, count: texts.count) else { return nil }
        for (index, item) in texts.enumerated() { (items + index).initialize(to: text(item)) }
        return items
    }

    /// A copy of `numbers`.
    mutating func array<Number: BitwiseCopyable>(_ numbers: [Number]) -> UnsafeMutablePointer<Number>? {
        guard let items = storage(for: Number.self, count: numbers.count) else { return nil }
        for (index, number) in numbers.enumerated() { (items + index).initialize(to: number) }
        return items
    }

    /// The C messages that `fill` makes of `values`.
    @inline(__always)
    mutating func messages<Value, Message>(
        _ values: [Value], _ fill: (Value, inout MessageWriter) -> Message
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<Message>?>? {
        guard let items = storage(for: UnsafeMutablePointer<Message>?.self, count: values.count),
            let messages = storage(for: Message.self, count: values.count)
        else { return nil }
        for (index, value) in values.enumerated() {
            (messages + index).initialize(to: fill(value, &self))
            (items + index).initialize(to: messages + index)
        }
        return items
    }

    /// Lets protobuf-c write `unknownFields` after the fields of the nested message with this `base`.
    mutating func keep(_ unknownFields: [UInt8], in base: inout ProtobufCMessage) {
        guard !unknownFields.isEmpty else { return }
        // protobuf-c writes a tag and the bytes that follow it: the first tag, and all the rest as the bytes of that field.
        var tag: UInt64 = 0
        var length = 0
        for byte in unknownFields.prefix(5) {
            tag |= UInt64(byte & 0x7F) << UInt64(7 * length)
            length += 1
            if byte < 0x80 { break }
        }
        let rest = binary(Array(unknownFields.dropFirst(length)))
        guard let field = storage(for: ProtobufCMessageUnknownField.self, count: 1) else { return }
        field.initialize(
            to: ProtobufCMessageUnknownField(
                tag: UInt32(truncatingIfNeeded: tag >> 3), wire_type: ProtobufCWireType(rawValue: UInt32(tag & 7)),
                len: rest.len, data: rest.data))
        base.n_unknown_fields = 1
        base.unknown_fields = field
    }
}
