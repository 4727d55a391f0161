import JSONDocument

/// How elements are found in JSON.
extension FHIRPathEvaluator {
    /// An item of `type`, or for a resource of the type that it names.
    func item(_ value: JSONValue?, _ shadow: JSONValue?, _ type: Int) -> FHIRPathItem {
        guard type == definitions.resource, case .object(let object)? = value,
            case .string(let name)? = object["resourceType"], let actual = definitions.resourceType(name)
        else { return FHIRPathItem(value: value, shadow: shadow, type: type) }
        return FHIRPathItem(value: value, type: actual.number)
    }

    /// The elements called `name` of all `items`, at most `limit`.
    mutating func members(of items: Items, _ name: Int, limit: Int) throws(FHIRPathError) -> Items {
        guard name >= 0 else { return [] }
        var found: Items = []
        for item in items where item.type >= 0 {
            guard let (object, type) = content(of: item), let element = type.element(pathName: name) else { continue }
            if element.options.count > 4 {
                for member in object.members where member.key.hasPrefix(element.name) {
                    guard let slot = type.slot(of: member.key), type.elements[slot.element] === element else {
                        continue
                    }
                    let option = element.options[slot.option]
                    append(member.value, option.isPrimitive ? object[option.shadowName] : nil, option.type, to: &found)
                }
            } else {
                for option in element.options {
                    let shadow = option.isPrimitive ? object[option.shadowName] : nil
                    append(object[option.jsonName], shadow, option.type, to: &found, limit: limit)
                }
            }
            if found.count >= limit { return Array(found.prefix(limit)) }
        }
        try spend(found.count)
        return found
    }

    mutating func children(of items: Items) throws(FHIRPathError) -> Items {
        var found: Items = []
        for item in items where item.type >= 0 {
            guard let (object, type) = content(of: item) else { continue }
            for member in object.members {
                let isShadow = member.key.utf8.first == UInt8(ascii: "_")
                guard let slot = type.slot(of: isShadow ? String(member.key.dropFirst()) : member.key) else { continue }
                let option = type.elements[slot.element].options[slot.option]
                if isShadow {
                    if object[option.jsonName] == nil { append(nil, member.value, option.type, to: &found) }
                } else {
                    let shadow = option.isPrimitive ? object[option.shadowName] : nil
                    append(member.value, shadow, option.type, to: &found)
                }
            }
        }
        try spend(found.count)
        return found
    }

    mutating func descendants(of items: Items) throws(FHIRPathError) -> Items {
        var found: Items = []
        var level = try children(of: items)
        while !level.isEmpty {
            found += level
            level = try children(of: level)
        }
        return found
    }

    /// The object that holds the children of an item, and the type by which its members are named.
    private func content(of item: FHIRPathItem) -> (JSONObject, TypeDefinition)? {
        let type = definitions.types[item.type]
        if case .primitive = type.kind {
            guard case .object(let object)? = item.shadow else { return nil }
            return (object, definitions.types[definitions.element])
        }
        guard case .object(let object)? = item.value else { return nil }
        return (object, type)
    }

    private func append(
        _ value: JSONValue?, _ shadow: JSONValue?, _ type: Int, to found: inout Items, limit: Int = .max
    ) {
        switch (value, shadow) {
        case (nil, nil): return
        case (.array(let values)?, nil):
            for value in values.prefix(limit) { found.append(item(value, nil, type)) }
        case (.array(let values)?, .array(let shadows)?):
            for index in 0..<max(values.count, shadows.count) {
                var value = index < values.count ? values[index] : nil
                if value == .null { value = nil }
                found.append(item(value, index < shadows.count ? shadows[index] : nil, type))
            }
        case (nil, .array(let shadows)?):
            for shadow in shadows { found.append(item(nil, shadow, type)) }
        default: found.append(item(value, shadow, type))
        }
    }
}
