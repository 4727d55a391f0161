import JSONDocument

extension ValidationRun {
    /// Where a resource stands.
    enum Position {
        case whole
        /// In an entry of a Bundle or a parameter: a resource of its own.
        case independent
        case contained
    }

    mutating func enter(_ value: JSONValue, as position: Position) {
        guard case .object(let object) = value else {
            return report(.structure, "a resource must be a JSON object")
        }
        guard let named = object["resourceType"] else {
            return report(.required, "a resource must name its resourceType", at: "resourceType")
        }
        guard case .string(let name) = named, let type = definitions.resourceType(name) else {
            return report(.notSupported, "this is no resource type of R4", at: "resourceType")
        }
        let outer = (resource, root, contained)
        defer { (resource, root, contained) = outer }
        resource = FHIRPathItem(value: value, type: type.number)
        if position != .contained {
            root = resource
            contained = containedTypes(of: object)
        }
        let outerBundle = bundle
        defer { bundle = outerBundle }
        if position == .independent, let step = path.last, step.type == definitions.bundleEntry {
            bundle?.current = path[path.count - 2].index
        }
        if type.number == definitions.bundle { bundle = BundleIndex(object, definitions) }
        complex(object, type)
        if type.isKind(of: definitions.domainResource) {
            if position == .contained {
                containedRules(object)
            } else {
                if object["contained"] != nil { containmentRules(object) }
                if options.reportsWarnings, object["text"]?["div"] == nil {
                    warn(.invariant, "a resource should have a narrative", constraint: "dom-6")
                }
            }
        }
        if options.checksVitalSigns, name == "Observation" { vitalSigns(object) }
        let item = resource
        check(type.evaluated, of: item)
        if type.number == definitions.bundle { bundleRules(object) }
    }

    private func containedTypes(of object: JSONObject) -> [String: Int] {
        guard case .array(let resources)? = object["contained"] else { return [:] }
        var types: [String: Int] = [:]
        for resource in resources {
            guard case .string(let id)? = resource["id"], case .string(let name)? = resource["resourceType"] else {
                continue
            }
            types[id] = definitions.typeNumbers[name] ?? -1
        }
        return types
    }

    /// dom-2, dom-4 and dom-5 for a resource that is contained.
    private mutating func containedRules(_ object: JSONObject) {
        if object["contained"] != nil {
            report(.invariant, "a contained resource must not contain others", constraint: "dom-2")
        }
        guard let meta = object["meta"] else { return }
        if meta["versionId"] != nil || meta["lastUpdated"] != nil {
            report(.invariant, "a contained resource must not have a version or time of update", constraint: "dom-4")
        }
        if meta["security"] != nil {
            report(.invariant, "a contained resource must not have a security label", constraint: "dom-5")
        }
    }

    /// dom-3: what is contained is referred to from elsewhere in the resource, or refers to it.
    private mutating func containmentRules(_ object: JSONObject) {
        guard case .array(let resources)? = object["contained"] else { return }
        var mentioned: Set<String> = []
        Self.collectLocalReferences(of: .object(object), into: &mentioned)
        for (index, resource) in resources.enumerated() {
            guard case .string(let id)? = resource["id"], !mentioned.contains("#" + id) else { continue }
            var own: Set<String> = []
            Self.collectLocalReferences(of: resource, into: &own)
            if own.contains("#") { continue }
            report(
                .invariant, "a contained resource must be referred to, or refer to its container",
                at: "contained[\(index)]", constraint: "dom-3")
        }
    }

    private static func collectLocalReferences(of value: JSONValue, into found: inout Set<String>) {
        switch value {
        case .string(let text): if text.utf8.first == UInt8(ascii: "#") { found.insert(text) }
        case .array(let elements): for element in elements { collectLocalReferences(of: element, into: &found) }
        case .object(let object):
            for member in object.members { collectLocalReferences(of: member.value, into: &found) }
        case .null, .bool, .number: break
        }
    }
}
