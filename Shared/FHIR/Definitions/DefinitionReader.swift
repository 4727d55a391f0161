/// Reads ``DefinitionText``, whose form deploy/checks/embed_fhir_definitions.py describes.
struct DefinitionReader {
    private struct Head {
        let name: String
        let kind: String
        let base: String
        let elements: [Substring]
    }

    private(set) var types: [TypeDefinition] = []
    private(set) var numbers: [String: Int] = [:]
    private(set) var codes: [Set<String>] = []
    private(set) var extensions: [String: CoreExtension] = [:]
    private(set) var pathNames: [String: Int] = [:]
    private var heads: [Head] = []
    private var constraints: [String: [FHIRConstraint]] = [:]

    mutating func read() {
        for line in Self.lines(DefinitionText.types) {
            let words = line.split(separator: " ", maxSplits: 3)
            let head = Head(
                name: String(words[0]), kind: String(words[1]), base: String(words[2]),
                elements: words.count > 3 ? words[3].split(separator: ";") : [])
            numbers[head.name] = heads.count
            heads.append(head)
        }
        codes = Self.lines(DefinitionText.codes).map { Set($0.split(separator: " ").map(String.init)) }
        readExtensions()
        for head in heads {
            for element in head.elements { register(Self.parts(of: element).name) }
        }
        readConstraints()
        for head in heads { types.append(type(head)) }
    }

    private static func lines(_ parts: [String]) -> [Substring] {
        parts.flatMap { $0.split(separator: "\n") }
    }

    private mutating func readExtensions() {
        for line in Self.lines(DefinitionText.extensions) {
            let words = line.split(separator: " ")
            let isModifier = words[1].hasPrefix("!")
            extensions[String(words[0])] = CoreExtension(
                isModifier: isModifier, types: Self.valueTypes(isModifier ? words[1].dropFirst() : words[1]),
                parts: words.dropFirst(2).map { text in
                    let part = Self.parts(of: text)
                    return CoreExtension.Part(
                        url: part.name, isRequired: part.cardinality == "!" || part.cardinality == "+",
                        isRepeated: part.cardinality == "*" || part.cardinality == "+",
                        types: Self.valueTypes(part.rest))
                })
        }
    }

    private static func valueTypes(_ text: Substring) -> Set<String>? {
        if text == "*" { return nil }
        return text == "-" ? [] : Set(text.split(separator: ",").map { $0.prefix(1).uppercased() + $0.dropFirst() })
    }

    private mutating func register(_ name: String) {
        if pathNames[name] == nil { pathNames[name] = pathNames.count }
    }

    private mutating func readConstraints() {
        let compiler = FHIRPathCompiler(typeNumbers: numbers, pathNames: pathNames)
        for line in Self.lines(DefinitionText.constraints) {
            let words = line.split(separator: " ", maxSplits: 3)
            let key = String(words[0])
            let place = String(words[2])
            let expression = String(words[3])
            let isNative = FHIRConstraint.native.contains(key)
            let constraint = FHIRConstraint(
                key: key, isError: words[1] == "e", place: place, expression: expression,
                compiled: isNative ? nil : try? compiler.compile(expression))
            constraints[place.droppingChoiceMark, default: []].append(constraint)
        }
    }

    private func type(_ head: Head) -> TypeDefinition {
        var ancestors: [Int] = []
        var base = head.base
        var chain = [head]
        while let number = numbers[base] {
            ancestors.append(number)
            chain.append(heads[number])
            base = heads[number].base
        }
        let kind: TypeDefinition.Kind =
            switch head.kind {
            case "p": .primitive(PrimitiveType(rawValue: head.name) ?? .string)
            case "d": .datatype
            case "b": .backbone
            case "r": .resource
            default: .abstract
            }
        // An `id` or `extension` of a primitive stands in its `_name` sibling, which is an Element.
        let isPrimitive = head.kind == "p"
        let elements = chain.reversed().flatMap { owner in
            isPrimitive ? [] : owner.elements.map { element($0, of: owner.name) }
        }
        return TypeDefinition(
            number: numbers[head.name] ?? 0, name: head.name, kind: kind, ancestors: ancestors, elements: elements,
            constraints: chain.reversed().flatMap { constraints[$0.name] ?? [] })
    }

    /// `name`, cardinality sign, and the rest of an element's text.
    private static func parts(of text: Substring) -> (name: String, cardinality: Substring, rest: Substring) {
        let end = text.firstIndex { "?!*+{".contains($0) } ?? text.endIndex
        let name = String(text[..<end]).droppingChoiceMark
        guard end < text.endIndex else { return (name, "?", "") }
        let close = text[end] == "{" ? text.firstIndex(of: "}") ?? end : end
        return (name, text[end...close], text[text.index(after: close)...])
    }

    private func element(_ text: Substring, of owner: String) -> ElementDefinition {
        let (name, cardinality, rest) = Self.parts(of: text)
        let range: (Int, Int) =
            switch cardinality {
            case "?": (0, 1)
            case "!": (1, 1)
            case "*": (0, .max)
            case "+": (1, .max)
            default: Self.range(cardinality)
            }
        let fields = rest.split(separator: "~", maxSplits: 1)
        let isChoice = text.hasPrefix("\(name)[x]")
        let options = (fields.first ?? "").split(separator: ",").map { type in
            option(type, name: name, isChoice: isChoice, path: "\(owner).\(name)")
        }
        return ElementDefinition(
            name: name, pathName: pathNames[name] ?? -1, isChoice: isChoice, minimum: range.0, maximum: range.1,
            options: options, codes: fields.count > 1 ? Int(fields[1]) : nil,
            constraints: numbers["\(owner).\(name)"] == nil ? constraints["\(owner).\(name)"] ?? [] : [])
    }

    private static func range(_ text: Substring) -> (Int, Int) {
        let bounds = text.dropFirst().dropLast().split(separator: ",")
        return (Int(bounds.first ?? "") ?? 0, Int(bounds.last ?? "") ?? .max)
    }

    private func option(_ text: Substring, name: String, isChoice: Bool, path: String) -> ElementDefinition.Option {
        let open = text.firstIndex(of: "(") ?? text.endIndex
        let targets = text[open...].dropFirst().dropLast().split(separator: "+").compactMap { numbers[String($0)] }
        let names = text[..<open].split(separator: ":")
        let typeName = names.first.map(String.init) ?? ""
        let number: Int? =
            if typeName == ">" {
                numbers[path]
            } else if typeName.hasPrefix("@") {
                numbers[String(typeName.dropFirst())]
            } else {
                numbers[names.last.map(String.init) ?? ""]
            }
        let jsonName = isChoice ? name + typeName.prefix(1).uppercased() + typeName.dropFirst() : name
        return ElementDefinition.Option(
            jsonName: jsonName, type: number ?? 0,
            isPrimitive: number.map { heads[$0].kind == "p" } ?? false, targets: targets)
    }
}

extension String {
    /// `value` of `value[x]`.
    fileprivate var droppingChoiceMark: String { hasSuffix("[x]") ? String(dropLast(3)) : self }
}
