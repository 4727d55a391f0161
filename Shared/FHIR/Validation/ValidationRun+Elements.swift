import JSONDocument

extension ValidationRun {
    /// The members of an object of `type`: known, in their number, of their types.
    mutating func complex(_ object: JSONObject, _ type: TypeDefinition, isBesideValue: Bool = false) {
        nodes += object.count
        let members = object.members
        guard !members.isEmpty else { return report(.invalid, "an object must not be empty", constraint: "ele-1") }
        let hasShadows = members.contains { $0.key.utf8.first == UInt8(ascii: "_") }
        var seen: UInt64 = 0
        var choices: [(element: Int, option: Int)] = []
        for member in members {
            let isShadow = hasShadows && member.key.utf8.first == UInt8(ascii: "_")
            guard let slot = type.slot(of: isShadow ? String(member.key.dropFirst()) : member.key),
                !isShadow || mayHaveShadow(type, slot)
            else {
                if member.key == "resourceType", type.kind == .resource { continue }
                report(.structure, "\(type.name) has no such element", at: Self.shown(member.key))
                continue
            }
            let element = type.elements[slot.element]
            if element.isChoice {
                if let other = choices.first(where: { $0.element == slot.element }), other.option != slot.option {
                    report(.structure, "only one type of \(element.name)[x] may be given", at: Self.shown(member.key))
                }
                choices.append((slot.element, slot.option))
            }
            seen |= 1 << UInt64(slot.element)
            let option = element.options[slot.option]
            path.append(Step(type: type.number, element: slot.element, option: slot.option))
            if isShadow {
                shadows(member.value, beside: object[option.jsonName], element, option)
            } else {
                values(
                    member.value, shadow: hasShadows && option.isPrimitive ? object[option.shadowName] : nil, element,
                    option)
            }
            path.removeLast()
        }
        let missing = type.required & ~seen
        if missing != 0 {
            for (index, element) in type.elements.enumerated() where missing & (1 << UInt64(index)) != 0 {
                let name = element.isChoice ? element.name + "[x]" : element.name
                report(.required, "\(type.name).\(name) is required", at: name)
            }
        }
        if type.kind != .resource, members.count == 1, members[0].key == "id", !isBesideValue {
            report(.invariant, "an element must have a value or children", constraint: "ele-1")
        }
    }

    /// Attributes of XML (`id` of an element, `url` of an extension) and XHTML have no extensions.
    private func mayHaveShadow(_ type: TypeDefinition, _ slot: MemberTable.Slot) -> Bool {
        let element = type.elements[slot.element]
        let option = element.options[slot.option]
        guard option.isPrimitive else { return false }
        if element.name == "id" { return type.kind == .resource }
        if element.name == "url" { return type.name != "Extension" }
        return definitions.types[option.type].kind != .primitive(.xhtml)
    }

    // MARK: - One or many

    private mutating func values(
        _ value: JSONValue, shadow: JSONValue?, _ element: ElementDefinition, _ option: ElementDefinition.Option
    ) {
        guard element.maximum != 1 else {
            if case .array = value {
                report(.structure, "must not be an array")
            } else {
                single(value, shadow: shadow, element, option)
            }
            return
        }
        guard case .array(let items) = value else {
            report(.structure, "must be an array")
            if case .object = value { single(value, shadow: nil, element, option) }
            return
        }
        guard !items.isEmpty else { return report(.invalid, "an array must not be empty") }
        count(items.count, element)
        let shadows = shadow?.array
        if let shadows, shadows.count != items.count {
            report(.structure, "the arrays of values and of their extensions must be of one length")
        }
        for (index, item) in items.enumerated() {
            path[path.count - 1].index = index
            let beside = shadows.flatMap { index < $0.count ? $0[index] : nil }
            if case .null = item {
                if beside == nil || beside == .null {
                    report(.invalid, "null may stand only where the value has an extension instead")
                }
                continue
            }
            single(item, shadow: beside, element, option)
        }
        path[path.count - 1].index = -1
    }

    private mutating func count(_ number: Int, _ element: ElementDefinition) {
        if number > element.maximum { report(.structure, "at most \(element.maximum) may be given") }
        if number < element.minimum { report(.required, "at least \(element.minimum) must be given") }
    }

    /// The `_name` sibling of a primitive element: an Element, or an array of Elements and nulls.
    private mutating func shadows(
        _ value: JSONValue, beside sibling: JSONValue?, _ element: ElementDefinition, _ option: ElementDefinition.Option
    ) {
        if element.maximum == 1 {
            if case .array = value { return report(.structure, "must not be an array") }
            shadow(value, isBesideValue: sibling != nil)
            if sibling == nil { valueless(value, element, option) }
            return
        }
        guard case .array(let items) = value else { return report(.structure, "must be an array") }
        guard !items.isEmpty else { return report(.invalid, "an array must not be empty") }
        if sibling == nil { count(items.count, element) }
        for (index, item) in items.enumerated() {
            path[path.count - 1].index = index
            if case .null = item {
                if sibling == nil { report(.invalid, "null may stand only beside a value") }
                continue
            }
            shadow(item, isBesideValue: sibling?[index] != nil && sibling?[index] != .null)
            if sibling == nil { valueless(item, element, option) }
        }
        path[path.count - 1].index = -1
    }

    private mutating func shadow(_ value: JSONValue, isBesideValue: Bool) {
        guard case .object(let object) = value else {
            return report(.structure, "the sibling that holds extensions must be an object")
        }
        complex(object, definitions.types[definitions.element], isBesideValue: isBesideValue)
    }

    private mutating func valueless(
        _ shadow: JSONValue, _ element: ElementDefinition, _ option: ElementDefinition.Option
    ) {
        check(element.evaluated, of: FHIRPathItem(value: nil, shadow: shadow, type: option.type))
    }

    // MARK: - One value

    private mutating func single(
        _ value: JSONValue, shadow: JSONValue?, _ element: ElementDefinition, _ option: ElementDefinition.Option
    ) {
        if case .null = value { return report(.invalid, "must not be null") }
        let type = definitions.types[option.type]
        if case .primitive(let primitive) = type.kind {
            guard self.primitive(value, primitive) else { return }
            if let codes = element.codes, case .string(let code) = value, !definitions.codes[codes].contains(code) {
                report(.codeInvalid, "the code is not in the value set that binds it")
            }
        } else if option.type == definitions.resource {
            // An entry of a Bundle holds its one resource, as a parameter does; what is contained stands in a list.
            return enter(value, as: element.maximum == 1 ? .independent : .contained)
        } else {
            guard case .object(let object) = value else {
                return report(.structure, "must be an object of type \(type.name)")
            }
            complex(object, type)
            special(object, type, element, option)
            check(type.evaluated, of: FHIRPathItem(value: value, type: option.type))
        }
        check(element.evaluated, of: FHIRPathItem(value: value, shadow: shadow, type: option.type))
    }

    /// False when the value is none of its type.
    private mutating func primitive(_ value: JSONValue, _ type: PrimitiveType) -> Bool {
        if let fault = type.fault(of: value) {
            report(fault == .tooLong ? .tooLong : .invalid, "the \(type.rawValue) \(fault.rawValue)")
            return false
        }
        guard case .string(var text) = value else { return true }
        switch type {
        case .xhtml:
            if let fault = NarrativeCheck.fault(in: text) {
                report(.invariant, "the narrative \(fault.rawValue)", constraint: fault == .isEmpty ? "txt-2" : "txt-1")
            }
        case .canonical:
            if text.utf8.first != UInt8(ascii: "#"), !text.withUTF8({ PrimitiveForm.isAbsolute($0) }) {
                report(.invalid, "a canonical URL must be absolute")
            }
        case .url:
            if !options.allowsExampleURLs, Self.isExample(text) {
                report(.invalid, "an example URL may not stand here")
            }
        case .string, .markdown:
            if options.reportsWarnings, text.utf8.first?.isSpace == true, text.utf8.allSatisfy(\.isSpace) {
                warn(.invalid, "a string should not be of white space alone")
            }
        default: break
        }
        return true
    }

    /// Whether the URL's host is one of those that RFC 2606 keeps for examples.
    static func isExample(_ url: String) -> Bool {
        guard let start = url.firstRange(of: "://")?.upperBound else { return false }
        let host = url[start...].prefix { $0 != "/" && $0 != ":" && $0 != "?" && $0 != "#" }
        return ["example.org", "example.com", "example.net"].contains { host == $0 || host.hasSuffix("." + $0) }
    }
}
