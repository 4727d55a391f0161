import Domain
import JSONDocument

/// A place in a resource, written only when something is wrong there.
final class FHIRPlace: Sendable, CustomStringConvertible {
    private enum Step: Sendable {
        case root(String)
        case member(String)
        case index(Int)
    }

    private let parent: FHIRPlace?
    private let step: Step

    private init(parent: FHIRPlace?, step: Step) {
        self.parent = parent
        self.step = step
    }

    convenience init(root: String) { self.init(parent: nil, step: .root(root)) }

    func member(_ name: String) -> FHIRPlace { FHIRPlace(parent: self, step: .member(name)) }
    func index(_ index: Int) -> FHIRPlace { FHIRPlace(parent: self, step: .index(index)) }

    var description: String {
        let before = parent?.description ?? ""
        switch step {
        case .root(let text): return text
        case .member(let name): return before.isEmpty ? name : "\(before).\(name)"
        case .index(let index): return "\(before)[\(index)]"
        }
    }
}

/// An object in a FHIR resource, read with checks of type and form; every refusal names its place.
struct FHIRElement {
    let object: JSONObject
    let place: FHIRPlace

    func rejection(_ code: String, _ name: String? = nil, _ detail: String) -> FeedRejection {
        FeedRejection(code: code, place: (name.map { place.member($0) } ?? place).description, detail: detail)
    }

    /// Whether the member stands there, as a value or as extensions of a primitive.
    func has(_ name: String) -> Bool { object[name] != nil }

    /// The member as an object, or nil when it is absent.
    func element(_ name: String) throws(FeedRejection) -> FHIRElement? {
        guard let value = object[name] else { return nil }
        guard case .object(let object) = value else { throw rejection("wrong-type", name, "must be an object") }
        guard !object.isEmpty else { throw rejection("empty-element", name, "must not be empty") }
        return FHIRElement(object: object, place: place.member(name))
    }

    /// The member as a list of objects; empty when it is absent.
    func elements(_ name: String) throws(FeedRejection) -> [FHIRElement] {
        guard let value = object[name] else { return [] }
        guard case .array(let values) = value else { throw rejection("wrong-type", name, "must be an array") }
        guard !values.isEmpty else { throw rejection("empty-element", name, "must not be empty") }
        var elements: [FHIRElement] = []
        elements.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            let place = place.member(name).index(index)
            guard case .object(let object) = value else {
                throw FeedRejection(code: "wrong-type", place: place.description, detail: "must be an object")
            }
            elements.append(FHIRElement(object: object, place: place))
        }
        return elements
    }

    /// The member as a FHIR string: not blank, and free of control characters but tab, line feed and carriage return.
    func string(_ name: String) throws(FeedRejection) -> String? {
        guard let value = object[name] else { return nil }
        guard case .string(let text) = value else { throw rejection("wrong-type", name, "must be a string") }
        var isBlank = true
        for byte in text.utf8 {
            if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D {
                throw rejection("invalid-string", name, "must not hold control characters")
            }
            if byte > 0x20 { isBlank = false }
        }
        guard !isBlank else { throw rejection("empty-element", name, "must not be blank") }
        return text
    }

    /// A string that goes into an event, within the contract's limit.
    func boundedString(_ name: String) throws(FeedRejection) -> String? {
        guard let text = try string(name) else { return nil }
        guard text.utf8.count <= FactText.limit else {
            throw rejection("text-too-long", name, "must not exceed \(FactText.limit) bytes")
        }
        return text
    }

    /// The member as a FHIR code: no white space at the ends, single spaces within.
    func code(_ name: String) throws(FeedRejection) -> String? {
        guard let text = try boundedString(name) else { return nil }
        var previousIsSpace = true
        for byte in text.utf8 {
            let isSpace = byte <= 0x20
            if isSpace, previousIsSpace || byte != 0x20 {
                throw rejection("invalid-code", name, "must have no stray white space")
            }
            previousIsSpace = isSpace
        }
        guard !previousIsSpace else { throw rejection("invalid-code", name, "must have no stray white space") }
        return text
    }

    /// The member as a code of a required value set.
    func code<Value: RawRepresentable>(
        _ name: String, in type: Value.Type
    ) throws(FeedRejection) -> Value? where Value.RawValue == String {
        guard let text = try code(name) else { return nil }
        guard let value = Value(rawValue: text) else {
            throw rejection("code-unknown", name, "must be a code of the required value set")
        }
        return value
    }

    /// The member as a truth value.
    func bool(_ name: String) throws(FeedRejection) -> Bool? {
        guard let value = object[name] else { return nil }
        guard case .bool(let flag) = value else { throw rejection("wrong-type", name, "must be a boolean") }
        return flag
    }

    /// The member as a decimal within the range of a double.
    func decimal(_ name: String) throws(FeedRejection) -> JSONNumber? {
        guard let value = object[name] else { return nil }
        guard case .number(let number) = value else { throw rejection("wrong-type", name, "must be a number") }
        guard number.double != nil else {
            throw rejection("number-out-of-range", name, "must be in the range of a double")
        }
        return number
    }

    /// The member as a dateTime (or date) with its precision.
    func interval(_ name: String) throws(FeedRejection) -> FHIRDateTime? {
        guard let text = try string(name) else { return nil }
        guard let time = FHIRDateTime(text) else {
            throw rejection(
                "invalid-date-time", name, "must be YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss[.fff](Z|+hh:mm)")
        }
        return time
    }

    /// The member as a dateTime (or date), its start in UTC when it is partial.
    func dateTime(_ name: String) throws(FeedRejection) -> Timestamp? { try interval(name)?.start }

    /// The member as an instant.
    func instant(_ name: String) throws(FeedRejection) -> Timestamp? {
        guard let text = try string(name) else { return nil }
        guard text.utf8.count > 10, let time = FHIRDateTime.start(of: text) else {
            throw rejection("invalid-instant", name, "must be YYYY-MM-DDThh:mm:ss[.fff](Z|+hh:mm)")
        }
        return time
    }

    /// The only member whose name begins with `prefix` and a capital (`value[x]`), or nil. Throws when there are two.
    func choice(_ prefix: String) throws(FeedRejection) -> String? {
        var found: String?
        for member in object.members where member.key.utf8.count > prefix.utf8.count && member.key.hasPrefix(prefix) {
            guard
                case 65...90 = member.key.utf8[
                    member.key.utf8.index(member.key.startIndex, offsetBy: prefix.utf8.count)]
            else {
                continue
            }
            guard found == nil else { throw rejection("choice-repeated", "\(prefix)[x]", "must be given once") }
            found = member.key
        }
        return found
    }

    /// The failure of a part that is legal FHIR and of which no fact can be made.
    func unmapped(_ code: String, _ name: String? = nil, _ detail: String) -> FHIRFailure {
        .archived(rejection(code, name, detail))
    }

    /// The first coding's code of the CodeableConcept `name`, its system beside it; empty texts when there is none.
    func firstCoding(_ name: String) throws(FeedRejection) -> (code: String, system: String, display: String) {
        guard let concept = try element(name) else { return ("", "", "") }
        return try FHIRCoding.first(of: concept)
    }
}
