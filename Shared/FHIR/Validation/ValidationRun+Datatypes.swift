import JSONDocument

/// Rules of data types that their elements alone do not say.
extension ValidationRun {
    mutating func special(
        _ object: JSONObject, _ type: TypeDefinition, _ element: ElementDefinition, _ option: ElementDefinition.Option
    ) {
        switch type.name {
        case "Extension": `extension`(object, isModifier: element.name == "modifierExtension")
        case "Reference": reference(object, option)
        case "Attachment": attachment(object)
        case "Coding":
            guard case .string(let system)? = object["system"] else { return }
            if system.hasPrefix("http://hl7.org/fhir/ValueSet/") {
                report(.invalid, "a coding names a code system, not a value set", at: "system")
            }
        default: break
        }
    }

    // MARK: - Extensions

    private mutating func `extension`(_ object: JSONObject, isModifier: Bool) {
        var value: String?
        for member in object.members {
            if member.key.hasPrefix("value") { value = member.key }
            if member.key.hasPrefix("_value") { value = String(member.key.dropFirst()) }
        }
        let isNested = object["extension"] != nil
        if (value != nil) == isNested {
            report(.invariant, "an extension has either a value or extensions", constraint: "ext-1")
        }
        guard case .string(var url)? = object["url"] else { return }
        let isInner = path.last.map { definitions.types[$0.type].name == "Extension" } ?? false
        guard url.withUTF8({ PrimitiveForm.isAbsolute($0) }) else {
            if !isInner { report(.invalid, "the URL of an extension must be absolute", at: "url") }
            return
        }
        if url.utf8.contains(UInt8(ascii: "|")) {
            return report(.invalid, "the URL of an extension must not have a version", at: "url")
        }
        if !options.allowsExampleURLs, Self.isExample(url) {
            report(.invalid, "an example URL may not stand here", at: "url")
        }
        let core = "http://hl7.org/fhir/StructureDefinition/"
        if url.hasPrefix(core) {
            guard let known = definitions.extensions[String(url.dropFirst(core.count))] else { return }
            definedExtension(known, object, value: value, isModifier: isModifier)
        } else if case .known(let domains) = options.extensions, !isInner, !url.hasPrefix("http://hl7.org/fhir/"),
            !domains.contains(where: { url.hasPrefix($0) })
        {
            report(.extension, "the extension is not known")
        }
    }

    /// An extension that R4 itself defines: the types of its value, and the extensions that it holds.
    private mutating func definedExtension(
        _ known: CoreExtension, _ object: JSONObject, value: String?, isModifier: Bool
    ) {
        if isModifier, !known.isModifier {
            report(.extension, "the extension does not modify, so it may not stand here")
        } else if known.isModifier, !isModifier {
            report(.extension, "the extension modifies, so it may stand as modifierExtension only")
        }
        valueType(value, known.types, at: "")
        guard !known.parts.isEmpty else { return }
        var counts: [String: Int] = [:]
        for (index, inner) in (object["extension"]?.array ?? []).enumerated() {
            guard case .string(let url)? = inner["url"], !url.utf8.contains(UInt8(ascii: ":")) else { continue }
            guard let part = known.parts.first(where: { $0.url == url }) else {
                report(.extension, "the extension does not hold one of this name", at: "extension[\(index)].url")
                continue
            }
            counts[url, default: 0] += 1
            if counts[url] == 2, !part.isRepeated {
                report(.structure, "the extension may hold this once only", at: "extension[\(index)]")
            }
            let name = inner.object?.members.first { $0.key.hasPrefix("value") }?.key
            valueType(name, part.types, at: "extension[\(index)].")
        }
        for part in known.parts where part.isRequired && counts[part.url] == nil {
            report(.required, "the extension must hold \(part.url)", at: "extension")
        }
    }

    private mutating func valueType(_ member: String?, _ types: Set<String>?, at place: String) {
        guard let types, let member, !types.contains(String(member.dropFirst("value".count))) else { return }
        report(.structure, "the extension does not have a value of this type", at: place + Self.shown(member))
    }

    // MARK: - References

    private mutating func reference(_ object: JSONObject, _ option: ElementDefinition.Option) {
        guard case .string(let text)? = object["reference"], !text.isEmpty else { return }
        var found: Int?
        if text.utf8.first == UInt8(ascii: "#") {
            guard text.utf8.count > 1 else { return }
            guard let type = contained[String(text.dropFirst())] else {
                return report(
                    .invariant, "the reference is to nothing that is contained", at: "reference", constraint: "ref-1")
            }
            found = type
        } else if text.utf8.contains(UInt8(ascii: ":")), isAbsolute(text) {
            let matches = bundle?.matches(text) ?? []
            ambiguity(of: matches)
            if matches.count == 1 { found = matches[0].type }
        } else {
            found = relative(text)
        }
        guard let found, found >= 0 else { return }
        if case .string(let stated)? = object["type"], definitions.resourceType(stated) != nil,
            definitions.types[found].name != stated
        {
            report(.structure, "the reference is not to a resource of the type that it states", at: "type")
        }
        guard !option.targets.isEmpty, !option.targets.contains(where: definitions.types[found].isKind(of:)) else {
            return
        }
        report(.structure, "the element may not refer to a resource of this type", at: "reference")
    }

    /// In a document a reference leads to one entry.
    private mutating func ambiguity(of matches: [BundleIndex.Entry]) {
        guard matches.count > 1, bundle?.kind == "document" else { return }
        report(.invalid, "the document has this several times", at: "reference")
    }

    private func isAbsolute(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { PrimitiveForm.isAbsolute($0) }
    }

    /// The type of a relative reference's target.
    private mutating func relative(_ text: String) -> Int? {
        if let query = text.firstIndex(of: "?"), let bundle, ["transaction", "batch"].contains(bundle.kind) {
            // A conditional reference, which the server resolves while it takes the Bundle.
            if let type = definitions.resourceType(String(text[..<query])) { return type.number }
        }
        guard let name = ReferenceForm.relativeType(text), let type = definitions.resourceType(name) else {
            // Outside of a Bundle it may be relative to something that is not known here.
            let hasForm = ReferenceForm.relativeType(text) != nil
            report(
                .invalid, "a relative reference must be a resource type, a slash and an id", at: "reference",
                severity: bundle != nil || hasForm ? .error : .warning)
            return nil
        }
        let matches = bundle?.matches(text) ?? []
        ambiguity(of: matches)
        if matches.count == 1, matches[0].type >= 0, matches[0].type != type.number {
            report(.structure, "the Bundle has a resource of another type under this reference", at: "reference")
            return nil
        }
        return type.number
    }

    // MARK: - Attachments

    private mutating func attachment(_ object: JSONObject) {
        guard case .string(var data)? = object["data"], let size = object["size"]?.number?.int64,
            let length = data.withUTF8({ PrimitiveForm.decodedLength(base64: $0) }), Int64(length) != size
        else { return }
        report(.structure, "the size is not that of the data", at: "size")
    }
}
