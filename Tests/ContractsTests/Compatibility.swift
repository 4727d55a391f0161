/// The rules by which a contract may change: what was written under the released schema, in protobuf or in JSON, must mean the same under
/// the present one (Buf's category WIRE_JSON, made stricter: no type changes at all, and no message or enumeration may go).
enum Compatibility {
    /// What `present` breaks of `released`; empty when it is compatible. One sentence each, sorted.
    static func violations(released: ContractSchema, present: ContractSchema) -> [String] {
        var found: [String] = []
        for (name, old) in released.messages {
            guard let new = present.messages[name] else {
                found.append("\(name): the message was removed")
                continue
            }
            found += fieldViolations(name, old, new)
            found += reservedViolations(name, old.reserved, new.reserved)
        }
        for (name, old) in released.enumerations {
            guard let new = present.enumerations[name] else {
                found.append("\(name): the enumeration was removed")
                continue
            }
            found += valueViolations(name, old, new)
            found += reservedViolations(name, old.reserved, new.reserved)
        }
        return found.sorted()
    }

    private static func fieldViolations(_ name: String, _ old: ContractSchema.Message, _ new: ContractSchema.Message)
        -> [String]
    {
        var found: [String] = []
        for field in old.fields {
            let place = "\(name).\(field.name) (\(field.number))"
            if let same = new.fields.first(where: { $0.number == field.number }) {
                if same.name != field.name { found.append("\(place): renamed to \(same.name), or its number reused") }
                if same.jsonName != field.jsonName {
                    found.append("\(place): its JSON name changed to \(same.jsonName)")
                }
                if same.type != field.type || same.typeName != field.typeName {
                    found.append("\(place): its type changed")
                }
                if same.label != field.label { found.append("\(place): its cardinality changed") }
                if same.oneof != field.oneof { found.append("\(place): moved into or out of a oneof") }
            } else {
                if !new.reserved.contains(field.number) {
                    found.append("\(place): removed without reserving the number")
                }
                if !new.reserved.names.contains(field.name) {
                    found.append("\(place): removed without reserving the name")
                }
            }
            if let moved = new.fields.first(where: { $0.name == field.name && $0.number != field.number }) {
                found.append("\(place): its number changed to \(moved.number)")
            }
        }
        for field in new.fields where old.reserved.contains(field.number) || old.reserved.names.contains(field.name) {
            found.append("\(name).\(field.name) (\(field.number)): uses what was reserved")
        }
        return found
    }

    private static func valueViolations(
        _ name: String, _ old: ContractSchema.Enumeration, _ new: ContractSchema.Enumeration
    ) -> [String] {
        var found: [String] = []
        for value in old.values {
            let place = "\(name).\(value.name) (\(value.number))"
            if let same = new.values.first(where: { $0.name == value.name }) {
                if same.number != value.number { found.append("\(place): its number changed to \(same.number)") }
            } else if new.values.contains(where: { $0.number == value.number }) {
                found.append("\(place): renamed, or its number reused")
            } else {
                if !new.reserved.contains(value.number) {
                    found.append("\(place): removed without reserving the number")
                }
                if !new.reserved.names.contains(value.name) {
                    found.append("\(place): removed without reserving the name")
                }
            }
        }
        for value in new.values where old.reserved.contains(value.number) || old.reserved.names.contains(value.name) {
            found.append("\(name).\(value.name) (\(value.number)): uses what was reserved")
        }
        return found
    }

    private static func reservedViolations(
        _ name: String, _ old: ContractSchema.Reserved, _ new: ContractSchema.Reserved
    ) -> [String] {
        let lostNumbers = old.numbers.filter { range in range.contains { !new.contains($0) } }
        return lostNumbers.map { "\(name): numbers \($0.lowerBound) to \($0.upperBound) are no longer reserved" }
            + old.names.subtracting(new.names).map { "\(name): the name \($0) is no longer reserved" }
    }
}
