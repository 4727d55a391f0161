import Contracts
import Testing

/// The faults here are made from the descriptor set alone, so that no field of a new event can be forgotten.
@Suite("Every field of every event is checked, whatever its type")
struct SchemaDrivenTests {
    /// FieldDescriptorProto.Type of what the tests tell apart.
    private enum FieldType {
        static let double = 1
        static let boolean = 8
        static let string = 9
        static let message = 11
        static let bytes = 12
        static let enumeration = 14
        static let packable = [double, 3, 5, boolean, 17]
    }

    /// One field of a kind's sample, in the event or in the first entry of its list.
    struct Place: Sendable {
        let field: ContractSchema.Field
        /// The number of the list whose entries have the field; nil for the event's own.
        let list: Int?
        let path: String
    }

    private func schema() throws -> ContractSchema {
        try #require(ContractSchema(descriptorSet: Repository.bytes(of: "Shared/CHealthContracts/health.v1.binpb")))
    }

    private func places(of kind: Samples.Kind, in schema: ContractSchema) throws -> [Place] {
        let message = try #require(schema.messages["health.v1.\(kind.name)"])
        return try message.fields.flatMap { field in
            guard field.type == FieldType.message else { return [Place(field: field, list: nil, path: field.name)] }
            let entry = try #require(schema.messages[String(field.typeName.dropFirst())])
            return entry.fields.map { Place(field: $0, list: field.number, path: "\(field.name).\($0.name)") }
        }
    }

    /// The sample's bytes with `payload` at `place`.
    private func bytes(_ kind: Samples.Kind, _ place: Place, _ payload: WireMessage.Payload) -> [UInt8] {
        guard let list = place.list else { return kind.message.setting(place.field.number, to: payload).encoded }
        let entry = kind.message.messages(list).first ?? WireMessage()
        return kind.message.setting(list, to: .bytes(entry.setting(place.field.number, to: payload).encoded)).encoded
    }

    private func expect(
        _ code: ContractError.Code, _ kind: Samples.Kind, _ place: Place, _ payload: WireMessage.Payload
    ) {
        let field = code == .malformed ? "" : place.path
        #expect(
            throws: ContractError(code: code, message: kind.name, field: field), "\(kind.name).\(place.path): \(code)"
        ) {
            try kind.decode(bytes(kind, place, payload))
        }
    }

    @Test("A text that is no UTF-8, has a NUL or is too long is refused by name", arguments: Samples.kinds)
    func texts(kind: Samples.Kind) throws {
        let ids = [
            "event_id", "alert_id", "trigger_event_id", "submission_id", "recommendation_id", "input_event_ids",
        ]
        var checked = 0
        for place in try places(of: kind, in: schema()) where place.field.type == FieldType.string {
            expect(ids.contains(place.field.name) ? .invalidForm : .notUTF8, kind, place, .bytes([0xC3, 0x28]))
            expect(.containsNUL, kind, place, .bytes([65, 0, 66]))
            let limit =
                place.field.name == "explanation" ? ContractLimits.explanationBytes : ContractLimits.textBytes
            expect(.oversize, kind, place, .bytes([UInt8](repeating: 65, count: limit + 1)))
            checked += 1
        }
        #expect(checked >= 5)
    }

    @Test("A number that is none is refused by name", arguments: Samples.kinds)
    func numbers(kind: Samples.Kind) throws {
        for place in try places(of: kind, in: schema()) where place.field.type == FieldType.double {
            for number in [Double.nan, .infinity, -.infinity] {
                expect(.notFinite, kind, place, .fixed64(number.bitPattern))
            }
        }
    }

    @Test("A value of a later enumeration is refused by name", arguments: Samples.kinds)
    func enumerations(kind: Samples.Kind) throws {
        let schema = try schema()
        for place in try places(of: kind, in: schema) where place.field.type == FieldType.enumeration {
            let values = try #require(schema.enumerations[String(place.field.typeName.dropFirst())]).values
            let next = UInt64((values.map(\.number).max() ?? 0) + 1)
            for number in [next, UInt64(Int32.max), .max] { expect(.unknownEnumValue, kind, place, .varint(number)) }
        }
    }

    @Test("A field of another wire type is no message", arguments: Samples.kinds)
    func wireTypes(kind: Samples.Kind) throws {
        // Any bytes are bytes; and protobuf-c 1.4.1 reads whatever it is given as a truth value.
        let lenient = [FieldType.bytes, FieldType.boolean]
        for place in try places(of: kind, in: schema()) where !lenient.contains(place.field.type) {
            let isPackable = place.field.label == 3 && FieldType.packable.contains(place.field.type)
            let wrong: WireMessage.Payload =
                place.field.type == FieldType.string || isPackable ? .fixed32(1) : .bytes([1, 2, 3])
            expect(.malformed, kind, place, wrong)
        }
    }

    @Test("A message that was cut is refused, unless the cut left a whole one", arguments: Samples.kinds)
    func truncation(kind: Samples.Kind) throws {
        let whole = kind.sample.encoded()
        for count in 0..<whole.count {
            let cut = Array(whole.prefix(count))
            let isWhole = WireMessage(cut) != nil
            let decoded = Result { () throws(ContractError) in try kind.decode(cut) }
            switch decoded {
            case .success(let event):
                #expect(isWhole, "\(kind.name) cut at \(count)")
                #expect(try kind.survives(event))
            case .failure(let error):
                #expect(isWhole == (error.code != .malformed), "\(kind.name) cut at \(count): \(error)")
            }
        }
    }
}
