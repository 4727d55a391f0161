import JSONDocument

/// The order of values, as `<` and `<=` have it.
enum FHIRPathOrder {
    /// Below, at or above zero as `left` is less than, equal to or greater than `right`; nil when they cannot be compared, such as dates
    /// that agree as far as the less precise one goes, or quantities in different units.
    static func compare(_ left: FHIRPathItem, _ right: FHIRPathItem, _ definitions: FHIRDefinitions) -> Int? {
        guard let one = left.value, let other = right.value else { return nil }
        switch (one, other) {
        case (.number(let first), .number(let second)): return numbers(first, second)
        case (.string(let first), .string(let second)):
            if isDate(left, definitions) || isDate(right, definitions) { return dates(first, second) }
            return first < second ? -1 : first == second ? 0 : 1
        case (.object(let first), .object(let second)):
            guard case .number(let low)? = first["value"], case .number(let high)? = second["value"],
                first["system"] == second["system"], first["code"] == second["code"],
                first["code"] != nil || first["unit"] == second["unit"]
            else { return nil }
            return numbers(low, high)
        default: return nil
        }
    }

    private static func numbers(_ left: JSONNumber, _ right: JSONNumber) -> Int? {
        guard let one = left.double, let other = right.double else { return nil }
        return one < other ? -1 : one == other ? 0 : 1
    }

    private static func isDate(_ item: FHIRPathItem, _ definitions: FHIRDefinitions) -> Bool {
        guard item.type >= 0, case .primitive(let type) = definitions.types[item.type].kind else { return false }
        return type == .date || type == .dateTime || type == .instant
    }

    /// The order of two dates or times as written, part by part.
    static func dates(_ left: String, _ right: String) -> Int? {
        var left = left
        var right = right
        guard var one = left.withUTF8({ PrimitiveDate.parse($0) }),
            var other = right.withUTF8({ PrimitiveDate.parse($0) })
        else { return nil }
        if let zone = one.zone, let otherZone = other.zone {
            one.shift(byMinutes: -zone)
            other.shift(byMinutes: -otherZone)
        }
        for (first, second) in zip(one.components, other.components) where first != second {
            return first < second ? -1 : 1
        }
        return one.components.count == other.components.count ? 0 : nil
    }
}

extension PrimitiveDate.Parts {
    /// Moves a full date and time by less than a day.
    fileprivate mutating func shift(byMinutes minutes: Int) {
        guard components.count == 6, minutes != 0 else { return }
        let total = components[3] * 60 + components[4] + minutes
        let day = total < 0 ? -1 : total >= 1440 ? 1 : 0
        components[3] = (total - day * 1440) / 60
        components[4] = (total - day * 1440) % 60
        components[2] += day
        if components[2] < 1 {
            components[1] -= 1
            if components[1] < 1 {
                components[1] = 12
                components[0] -= 1
            }
            components[2] = Self.days(month: components[1], year: components[0])
        } else if components[2] > Self.days(month: components[1], year: components[0]) {
            components[2] = 1
            components[1] += 1
            if components[1] > 12 {
                components[1] = 1
                components[0] += 1
            }
        }
    }
}
