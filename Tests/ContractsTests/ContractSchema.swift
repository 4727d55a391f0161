/// The part of a FileDescriptorSet that compatibility depends on.
struct ContractSchema: Equatable {
    struct Field: Equatable {
        var name: String
        var number: Int
        /// FieldDescriptorProto.Type, e.g. 9 for string.
        var type: Int
        /// Full name of the message or enumeration; empty for scalars.
        var typeName: String
        /// FieldDescriptorProto.Label, e.g. 3 for repeated.
        var label: Int
        var jsonName: String
        /// Name of the oneof that it is a member of; empty for none.
        var oneof: String
    }

    struct Value: Equatable {
        var name: String
        var number: Int
    }

    /// Names and numbers that may not be used.
    struct Reserved: Equatable {
        var numbers: [ClosedRange<Int>] = []
        var names: Set<String> = []

        func contains(_ number: Int) -> Bool { numbers.contains { $0.contains(number) } }
    }

    struct Message: Equatable {
        var fields: [Field] = []
        var reserved = Reserved()
    }

    struct Enumeration: Equatable {
        var values: [Value] = []
        var reserved = Reserved()
    }

    /// By full name.
    var messages: [String: Message] = [:]
    /// By full name.
    var enumerations: [String: Enumeration] = [:]

    init() {}

    /// The schema in the bytes of a FileDescriptorSet (google/protobuf/descriptor.proto), or nil when they are none.
    init?(descriptorSet bytes: [UInt8]) {
        guard let set = WireMessage(bytes) else { return nil }
        for file in set.messages(1) {
            let package = file.text(2).map { "\($0)." } ?? ""
            for message in file.messages(4) { add(message, prefix: package) }
            for enumeration in file.messages(5) { add(enumeration: enumeration, prefix: package) }
        }
        guard !messages.isEmpty else { return nil }
    }

    private mutating func add(_ message: WireMessage, prefix: String) {
        let name = prefix + (message.text(1) ?? "")
        let oneofs = message.messages(8).map { $0.text(1) ?? "" }
        var result = Message()
        for field in message.messages(2) {
            let oneof = field.integer(9).flatMap { oneofs.indices.contains($0) ? oneofs[$0] : nil } ?? ""
            result.fields.append(
                Field(
                    name: field.text(1) ?? "", number: field.integer(3) ?? 0, type: field.integer(5) ?? 0,
                    typeName: field.text(6) ?? "", label: field.integer(4) ?? 0, jsonName: field.text(10) ?? "",
                    oneof: oneof))
        }
        // A message's reserved range excludes its end; an enumeration's includes it.
        result.reserved.numbers = message.messages(9).compactMap { Self.range($0, excludesEnd: true) }
        result.reserved.names = Self.names(message.all(10))
        messages[name] = result
        for nested in message.messages(3) { add(nested, prefix: name + ".") }
        for enumeration in message.messages(4) { add(enumeration: enumeration, prefix: name + ".") }
    }

    private mutating func add(enumeration message: WireMessage, prefix: String) {
        var result = Enumeration()
        result.values = message.messages(2).map { Value(name: $0.text(1) ?? "", number: $0.integer(2) ?? 0) }
        result.reserved.numbers = message.messages(4).compactMap { Self.range($0, excludesEnd: false) }
        result.reserved.names = Self.names(message.all(5))
        enumerations[prefix + (message.text(1) ?? "")] = result
    }

    private static func range(_ message: WireMessage, excludesEnd: Bool) -> ClosedRange<Int>? {
        let start = message.integer(1) ?? 0
        let end = (message.integer(2) ?? 0) - (excludesEnd ? 1 : 0)
        return start <= end ? start...end : nil
    }

    private static func names(_ payloads: [WireMessage.Payload]) -> Set<String> {
        Set(
            payloads.compactMap {
                guard case .bytes(let bytes) = $0 else { return nil }
                return String(decoding: bytes, as: UTF8.self)
            })
    }
}
