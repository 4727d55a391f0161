import JSONDocument

/// An open element of FHIR XML, with what has been read of it.
struct FHIRXMLFrame {
    enum Content {
        /// A resource or an element with elements.
        case complex(TypeDefinition)
        /// A primitive: its value from the attribute, its extensions from elements.
        case primitive(PrimitiveType, JSONValue?)
        /// `contained` and `resource`: one element, named for its type.
        case wrapper
        /// What is not known; skipped with all that is in it.
        case skipped
    }

    /// The values of one element in the order of the document.
    struct Member {
        let element: ElementDefinition
        let option: ElementDefinition.Option
        var values: [JSONValue?]
        var shadows: [JSONValue?]
    }

    let content: Content
    /// The element by which the parent holds it; nil for a resource.
    let slot: MemberTable.Slot?
    /// What the place calls it.
    let name: String
    var members: [Member] = []
    var lastElement = -1
    var hasText = false
    /// The resource in a wrapper.
    var wrapped: JSONValue?

    /// The type whose elements may stand in this one.
    func type(_ definitions: FHIRDefinitions) -> TypeDefinition? {
        switch content {
        case .complex(let type): type
        case .primitive: definitions.types[definitions.element]
        case .wrapper, .skipped: nil
        }
    }

    /// Adds a value, and says how many of its element stand before it.
    mutating func append(
        _ value: JSONValue?, _ shadow: JSONValue?, _ element: ElementDefinition, _ option: ElementDefinition.Option
    ) {
        for index in members.indices.reversed() where members[index].option.jsonName == option.jsonName {
            members[index].values.append(value)
            members[index].shadows.append(shadow)
            return
        }
        members.append(Member(element: element, option: option, values: [value], shadows: [shadow]))
    }

    func count(of option: ElementDefinition.Option) -> Int {
        members.last { $0.option.jsonName == option.jsonName }?.values.count ?? 0
    }

    /// The members as JSON has them.
    func object(named resourceType: String?) -> JSONObject {
        var object = JSONObject()
        if let resourceType { object["resourceType"] = .string(resourceType) }
        for member in members {
            // More than the one that may stand become an array, which the validator refuses.
            let isSingle = member.element.maximum == 1 && member.values.count == 1
            if member.values.contains(where: { $0 != nil }) {
                object[member.option.jsonName] =
                    isSingle ? member.values[0] : .array(member.values.map { $0 ?? .null })
            }
            if member.shadows.contains(where: { $0 != nil }) {
                object[member.option.shadowName] =
                    isSingle ? member.shadows[0] : .array(member.shadows.map { $0 ?? .null })
            }
        }
        return object
    }
}
