/// A type of R4: a resource, a data type, a primitive, or the type of one element that has elements of its own.
final class TypeDefinition: Sendable {
    enum Kind: Equatable, Sendable {
        case primitive(PrimitiveType)
        case datatype
        case backbone
        case resource
        /// `Resource`, `DomainResource`, `Element` and `BackboneElement`: nothing is of these types alone, but for `_name` siblings.
        case abstract
    }

    let number: Int
    let name: String
    let kind: Kind
    /// The numbers of the types that it specialises, nearest first.
    let ancestors: [Int]
    /// Inherited ones first: the order of XML.
    let elements: [ElementDefinition]
    /// Bits of the elements that have to be present.
    let required: UInt64
    let constraints: [FHIRConstraint]
    /// Those of the constraints that are evaluated.
    let evaluated: [FHIRConstraint]
    private let members: MemberTable

    init(
        number: Int, name: String, kind: Kind, ancestors: [Int], elements: [ElementDefinition],
        constraints: [FHIRConstraint]
    ) {
        self.number = number
        self.name = name
        self.kind = kind
        self.ancestors = ancestors
        self.elements = elements
        self.constraints = constraints
        evaluated = constraints.filter { $0.compiled != nil }
        var required: UInt64 = 0
        var names: [(String, MemberTable.Slot)] = []
        for (index, element) in elements.enumerated() {
            if element.minimum > 0 { required |= 1 << UInt64(index) }
            for (option, choice) in element.options.enumerated() {
                names.append((choice.jsonName, MemberTable.Slot(element: index, option: option)))
            }
        }
        self.required = required
        members = MemberTable(names)
    }

    /// The element and the choice of its type that the JSON member `name` stands for.
    func slot(of name: String) -> MemberTable.Slot? { members[name] }

    /// The element that FHIRPath calls by this number (``FHIRDefinitions/pathName(_:)``), a choice without its type.
    func element(pathName: Int) -> ElementDefinition? {
        for element in elements where element.pathName == pathName { return element }
        return nil
    }

    /// Whether this is the type `number` or specialises it.
    func isKind(of number: Int) -> Bool { self.number == number || ancestors.contains(number) }
}

/// An element of a type.
final class ElementDefinition: Sendable {
    /// One of the types that the element's value can have.
    final class Option: Sendable {
        /// The member's name in JSON: `status`, `valueQuantity`.
        let jsonName: String
        /// The name of the member that holds its extensions: `_status`.
        let shadowName: String
        let type: Int
        let isPrimitive: Bool
        /// The types that a reference may refer to; empty for all.
        let targets: [Int]

        init(jsonName: String, type: Int, isPrimitive: Bool, targets: [Int]) {
            self.jsonName = jsonName
            shadowName = "_" + jsonName
            self.type = type
            self.isPrimitive = isPrimitive
            self.targets = targets
        }
    }

    /// The name without `[x]`.
    let name: String
    let pathName: Int
    let isChoice: Bool
    let minimum: Int
    /// `Int.max` for any number.
    let maximum: Int
    let options: [Option]
    /// The number of the codes that bind it.
    let codes: Int?
    /// Constraints of this place rather than of the type.
    let constraints: [FHIRConstraint]
    /// Those of the constraints that are evaluated.
    let evaluated: [FHIRConstraint]

    init(
        name: String, pathName: Int, isChoice: Bool, minimum: Int, maximum: Int, options: [Option], codes: Int?,
        constraints: [FHIRConstraint]
    ) {
        self.name = name
        self.pathName = pathName
        self.isChoice = isChoice
        self.minimum = minimum
        self.maximum = maximum
        self.options = options
        self.codes = codes
        self.constraints = constraints
        evaluated = constraints.filter { $0.compiled != nil }
    }
}

/// Finds what a JSON member's name stands for, by a few of its bytes. Immutable.
struct MemberTable: Sendable {
    struct Slot: Sendable {
        let element: Int
        let option: Int
    }

    private let names: [String]
    private let slots: [Slot]
    private let heads: [Int16]
    private let mask: Int

    init(_ entries: [(String, Slot)]) {
        var size = 8
        while size < entries.count * 3 { size *= 2 }
        var heads = [Int16](repeating: -1, count: size)
        for (index, entry) in entries.enumerated() {
            var position = Self.hash(entry.0) & (size - 1)
            while heads[position] >= 0 { position = (position + 1) & (size - 1) }
            heads[position] = Int16(index)
        }
        self.heads = heads
        mask = size - 1
        names = entries.map(\.0)
        slots = entries.map(\.1)
    }

    subscript(name: String) -> Slot? {
        var position = Self.hash(name) & mask
        while heads[position] >= 0 {
            let index = Int(heads[position])
            if names[index] == name { return slots[index] }
            position = (position + 1) & mask
        }
        return nil
    }

    private static func hash(_ name: String) -> Int {
        var name = name
        return name.withUTF8 { bytes in
            guard let first = bytes.first, let last = bytes.last else { return 0 }
            let middle = Int(bytes[bytes.count / 2])
            return Int(first) &* 31 &+ Int(last) &* 131 &+ middle &* 17 &+ bytes.count &* 7
        }
    }
}
