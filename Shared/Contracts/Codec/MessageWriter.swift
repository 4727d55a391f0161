import CProtobufC
import Domain

/// Fills the fields of a C message from Swift values; the memory is the arena's.
struct MessageWriter: ~Copyable {
    private var arena = Arena(firstBlockSize: 1024, limit: .max)

    /// Makes a message with `initialize`, fills it with `fill`, and packs it, followed by `unknownFields`.
    @inline(__always)
    static func write<Message>(
        _ message: Message, unknownFields: [UInt8],
        initialize: (UnsafeMutablePointer<Message>?) -> Void,
        size: (UnsafePointer<Message>?) -> Int,
        pack: (UnsafePointer<Message>?, UnsafeMutablePointer<UInt8>?) -> Int,
        fill: (inout Message, inout MessageWriter) -> Void
    ) -> [UInt8] {
        var message = message
        var writer = MessageWriter()
        initialize(&message)
        fill(&message, &writer)
        return [UInt8](unsafeUninitializedCapacity: size(&message) + unknownFields.count) { buffer, count in
            count = pack(&message, buffer.baseAddress)
            for byte in unknownFields {
                buffer.initializeElement(at: count, to: byte)
                count += 1
            }
        }
    }

    /// Memory for `count` values; nil for none.
    mutating func storage<Value>(for type: Value.Type, count: Int) -> UnsafeMutablePointer<Value>? {
        count == 0 ? nil : arena.allocate(count * MemoryLayout<Value>.stride)?.bindMemory(to: type, capacity: count)
    }

    /// The C form of `text`.
    mutating func text(_ text: String) -> UnsafeMutablePointer<CChar>? {
        arena.cString(text)
    }

    /// The C form of `id`.
    mutating func text(_ id: EventID) -> UnsafeMutablePointer<CChar>? {
        arena.cString(id.description)
    }

    /// The C form of `pseudonym`.
    mutating func text(_ pseudonym: PatientPseudonym) -> UnsafeMutablePointer<CChar>? {
        arena.cString(pseudonym.rawValue)
    }

    /// The C form of `bytes`.
    mutating func binary(_ bytes: [UInt8]) -> ProtobufCBinaryData {
        guard !bytes.isEmpty, let memory = arena.allocate(bytes.count) else {
            return ProtobufCBinaryData(len: 0, data: nil)
        }
        bytes.withUnsafeBytes {
            memory.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: $0.count)
        }
        return ProtobufCBinaryData(len: bytes.count, data: memory.assumingMemoryBound(to: UInt8.self))
    }
}

extension [UInt8] {
    /// Appends `value` as a protobuf varint.
    mutating func appendVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }
}
