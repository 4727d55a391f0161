import Testing

@Suite("Contracts change only as what was published allows")
struct CompatibilityTests {
    static let observation = "health.v1.ObservationRecorded"
    static let status = "health.v1.ObservationStatus"

    private func released() throws -> ContractSchema {
        try #require(ContractSchema(descriptorSet: Repository.bytes(of: "proto/released/health.v1.binpb")))
    }

    private func present() throws -> ContractSchema {
        try #require(ContractSchema(descriptorSet: Repository.bytes(of: "Shared/CHealthContracts/health.v1.binpb")))
    }

    @Test("The present contracts keep every promise of the released ones")
    func realComparison() throws {
        let violations = Compatibility.violations(released: try released(), present: try present())
        #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
    }

    @Test("The reader sees the messages, fields, oneofs and values of the .proto files")
    func reader() throws {
        let schema = try released()
        let names = [
            "Alert", "ConditionRecorded", "DeadLetter", "MedicationRecorded", "ObservationRecorded",
            "PatientRegistered",
        ]
        #expect(schema.messages.keys.sorted() == names.map { "health.v1.\($0)" })
        #expect(schema.enumerations.count == 8)
        let fields = try #require(schema.messages[Self.observation]).fields
        #expect(fields.count == 23)
        let quantity = ContractSchema.Field(
            name: "quantity", number: 6, type: 1, typeName: "", label: 1, jsonName: "quantity", oneof: "value")
        let status = ContractSchema.Field(
            name: "status", number: 15, type: 14, typeName: ".\(Self.status)", label: 1, jsonName: "status", oneof: "")
        #expect(fields.contains(quantity) && fields.contains(status))
        let values = try #require(schema.enumerations[Self.status]).values
        #expect(values.last == ContractSchema.Value(name: "OBSERVATION_STATUS_UNKNOWN", number: 8))
    }

    @Test("Reserved ranges end before a message's end and at an enumeration's")
    func reservedRanges() throws {
        // reserved 4 to 6; reserved "old"; in a message (end 7) and in an enumeration (end 6).
        func range(_ end: UInt64) -> WireMessage.Payload {
            .bytes(
                WireMessage([.init(number: 1, payload: .varint(4)), .init(number: 2, payload: .varint(end))]).encoded)
        }
        let old = WireMessage.Payload.bytes(Array("old".utf8))
        let message = WireMessage([
            .init(number: 1, payload: .bytes(Array("M".utf8))), .init(number: 9, payload: range(7)),
            .init(number: 10, payload: old),
        ])
        let enumeration = WireMessage([
            .init(number: 1, payload: .bytes(Array("E".utf8))), .init(number: 4, payload: range(6)),
            .init(number: 5, payload: old),
        ])
        let file = WireMessage([
            .init(number: 4, payload: .bytes(message.encoded)), .init(number: 5, payload: .bytes(enumeration.encoded)),
        ])
        let schema = try #require(
            ContractSchema(descriptorSet: WireMessage([.init(number: 1, payload: .bytes(file.encoded))]).encoded))
        let reserved = ContractSchema.Reserved(numbers: [4...6], names: ["old"])
        #expect(schema.messages["M"]?.reserved == reserved)
        #expect(schema.enumerations["E"]?.reserved == reserved)
    }

    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// A part of the one violation that is expected; nil when the change is allowed.
        let violation: String?
        let apply: @Sendable (inout ContractSchema) -> Void

        init(_ name: String, breaks violation: String?, _ apply: @escaping @Sendable (inout ContractSchema) -> Void) {
            testDescription = name
            self.violation = violation
            self.apply = apply
        }
    }

    private static func field(
        _ name: String, in schema: inout ContractSchema, _ change: (inout ContractSchema.Field) -> Void
    ) {
        guard let index = schema.messages[observation]?.fields.firstIndex(where: { $0.name == name }) else { return }
        change(&schema.messages[observation, default: .init()].fields[index])
    }

    private static func remove(_ name: String, from schema: inout ContractSchema) {
        schema.messages[observation]?.fields.removeAll { $0.name == name }
    }

    static let changes: [Change] = [
        Change("Nothing", breaks: nil) { _ in },
        Change("A new field with a new number", breaks: nil) {
            $0.messages[observation]?.fields.append(
                .init(name: "body_site", number: 24, type: 9, typeName: "", label: 1, jsonName: "bodySite", oneof: ""))
        },
        Change("A new message", breaks: nil) { $0.messages["health.v1.New"] = .init() },
        Change("A new enumeration value", breaks: nil) {
            $0.enumerations[status]?.values.append(.init(name: "OBSERVATION_STATUS_NEW", number: 9))
        },
        Change("A field removed with number and name reserved", breaks: nil) {
            remove("display", from: &$0)
            $0.messages[observation]?.reserved = .init(numbers: [5...5], names: ["display"])
        },
        Change("A value removed with number and name reserved", breaks: nil) {
            $0.enumerations[status]?.values.removeAll { $0.number == 8 }
            $0.enumerations[status]?.reserved = .init(numbers: [8...8], names: ["OBSERVATION_STATUS_UNKNOWN"])
        },
        Change("A field removed, the number not reserved", breaks: "display (5): removed without reserving the number")
        {
            remove("display", from: &$0)
            $0.messages[observation]?.reserved = .init(names: ["display"])
        },
        Change("A field removed, the name not reserved", breaks: "display (5): removed without reserving the name") {
            remove("display", from: &$0)
            $0.messages[observation]?.reserved = .init(numbers: [1...9])
        },
        Change("A field renamed", breaks: "display (5): renamed to label") {
            field("display", in: &$0) { $0.name = "label" }
        },
        Change("A JSON name changed", breaks: "display (5): its JSON name changed to label") {
            field("display", in: &$0) { $0.jsonName = "label" }
        },
        Change("A scalar type changed", breaks: "received_at_us (18): its type changed") {
            field("received_at_us", in: &$0) { $0.type = 4 }
        },
        Change("An enumeration type exchanged", breaks: "status (15): its type changed") {
            field("status", in: &$0) { $0.typeName = ".health.v1.MedicationStatus" }
        },
        Change("A field made repeated", breaks: "code (3): its cardinality changed") {
            field("code", in: &$0) { $0.label = 3 }
        },
        Change("A field taken out of its oneof", breaks: "text (7): moved into or out of a oneof") {
            field("text", in: &$0) { $0.oneof = "" }
        },
        Change("A field put into a oneof", breaks: "unit (12): moved into or out of a oneof") {
            field("unit", in: &$0) { $0.oneof = "value" }
        },
        Change("A message removed", breaks: "health.v1.Alert: the message was removed") {
            $0.messages["health.v1.Alert"] = nil
        },
        Change("An enumeration removed", breaks: "health.v1.ObservationStatus: the enumeration was removed") {
            $0.enumerations[status] = nil
        },
        Change("A value renamed", breaks: "OBSERVATION_STATUS_FINAL (3): renamed, or its number reused") {
            $0.enumerations[status]?.values[3].name = "OBSERVATION_STATUS_DONE"
        },
        Change("A value renumbered", breaks: "OBSERVATION_STATUS_UNKNOWN (8): its number changed to 9") {
            $0.enumerations[status]?.values[8].number = 9
        },
        Change(
            "A value removed, the name not reserved",
            breaks: "OBSERVATION_STATUS_UNKNOWN (8): removed without reserving the name"
        ) {
            $0.enumerations[status]?.values.removeAll { $0.number == 8 }
            $0.enumerations[status]?.reserved = .init(numbers: [8...8])
        },
        Change("A value removed, the number not reserved", breaks: "UNKNOWN (8): removed without reserving the number")
        {
            $0.enumerations[status]?.values.removeAll { $0.number == 8 }
            $0.enumerations[status]?.reserved = .init(names: ["OBSERVATION_STATUS_UNKNOWN"])
        },
    ]

    @Test("Each kind of change is judged", arguments: changes)
    func change(change: Change) throws {
        let released = try released()
        var present = released
        change.apply(&present)
        expectOne(change.violation, in: Compatibility.violations(released: released, present: present))
    }

    @Test("A renumbered field breaks twice: its old number is free, its new one is another's")
    func renumbering() throws {
        let released = try released()
        var present = released
        Self.field("display", in: &present) { $0.number = 30 }
        let violations = Compatibility.violations(released: released, present: present)
        #expect(violations.contains { $0.contains("display (5): its number changed to 30") })
        #expect(violations.contains { $0.contains("display (5): removed without reserving the number") })
    }

    @Test("What was once reserved stays reserved and unused")
    func reservations() throws {
        var released = try released()
        released.messages[Self.observation]?.reserved = .init(numbers: [30...32], names: ["ward"])
        var present = released
        present.messages[Self.observation]?.reserved = .init(numbers: [30...31], names: ["ward"])
        expectOne(
            "numbers 30 to 32 are no longer reserved",
            in: Compatibility.violations(released: released, present: present))
        present.messages[Self.observation]?.reserved = .init(numbers: [30...32])
        expectOne(
            "the name ward is no longer reserved", in: Compatibility.violations(released: released, present: present))
        present = released
        present.messages[Self.observation]?.fields.append(
            .init(name: "bed", number: 31, type: 9, typeName: "", label: 1, jsonName: "bed", oneof: ""))
        expectOne(
            "bed (31): uses what was reserved", in: Compatibility.violations(released: released, present: present))
    }

    private func expectOne(_ violation: String?, in violations: [String]) {
        #expect(violations.count == (violation == nil ? 0 : 1), "\(violations)")
        if let violation { #expect(violations.first?.contains(violation) == true, "\(violations)") }
    }
}
