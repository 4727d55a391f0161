import JSONDocument

extension FHIRPathEvaluator {
    mutating func call(
        _ function: FHIRPathExpression.Function, on input: Items, _ arguments: [Node], _ this: Items
    ) throws(FHIRPathError) -> Items {
        switch function {
        case .exists, .empty, .count, .not, .all, .isDistinct, .hasValue, .htmlChecks:
            return try test(function, on: input, arguments)
        case .matches, .startsWith, .endsWith, .contains, .toString, .toInteger, .substring, .replaceMatches, .length:
            return try text(function, on: input, arguments, this)
        case .where:
            guard let criterion = arguments.first else { return [] }
            var kept: Items = []
            for item in input where try truth(criterion, [item]) == true { kept.append(item) }
            return kept
        case .select:
            guard let projection = arguments.first else { return [] }
            var results: Items = []
            for item in input { results += try evaluate(projection, [item]) }
            return results
        case .first: return Array(input.prefix(1))
        case .last: return Array(input.suffix(1))
        case .tail: return Array(input.dropFirst())
        case .trace: return input
        case .children: return try children(of: input)
        case .descendants: return try descendants(of: input)
        case .distinct: return try distinct(input)
        case .combine:
            guard let other = arguments.first else { return input }
            return input + (try evaluate(other, this))
        case .intersect:
            guard let other = arguments.first else { return [] }
            let right = try evaluate(other, this)
            guard !right.isEmpty, !input.isEmpty else { return [] }
            let shared = Set(right.map(\.identity))
            return try distinct(input).filter { shared.contains($0.identity) }
        case .iif:
            guard arguments.count >= 2 else { return [] }
            if try truth(arguments[0], input) == true { return try evaluate(arguments[1], input) }
            return arguments.count > 2 ? try evaluate(arguments[2], input) : []
        case .resolve: return try resolve(input)
        }
    }

    private mutating func test(
        _ function: FHIRPathExpression.Function, on input: Items, _ arguments: [Node]
    ) throws(FHIRPathError) -> Items {
        switch function {
        case .empty: return [.boolean(input.isEmpty)]
        case .count: return [.integer(input.count)]
        case .exists:
            guard let criterion = arguments.first else { return [.boolean(!input.isEmpty)] }
            for item in input where try truth(criterion, [item]) == true { return [.boolean(true)] }
            return [.boolean(false)]
        case .all:
            guard let criterion = arguments.first else { return [] }
            for item in input where try truth(criterion, [item]) != true { return [.boolean(false)] }
            return [.boolean(true)]
        case .not:
            guard let item = try single(input) else { return [] }
            if case .bool(let value)? = item.value { return [.boolean(!value)] }
            return [.boolean(false)]
        case .isDistinct: return [.boolean(try distinct(input).count == input.count)]
        case .hasValue:
            guard input.count == 1, let value = input[0].value else { return [.boolean(false)] }
            switch value {
            case .string, .number, .bool: return [.boolean(true)]
            case .null, .array, .object: return [.boolean(false)]
            }
        default: return [.boolean(true)]
        }
    }

    private mutating func text(
        _ function: FHIRPathExpression.Function, on input: Items, _ arguments: [Node], _ this: Items
    ) throws(FHIRPathError) -> Items {
        guard let value = try single(input)?.value else { return [] }
        if function == .toString {
            switch value {
            case .string(let text): return [.string(text)]
            case .number(let number): return [.string(number.text)]
            case .bool(let bool): return [.string(bool ? "true" : "false")]
            default: return []
            }
        }
        if function == .toInteger {
            let number = value.number?.int64 ?? value.string.flatMap { Int64($0) }
            return number.map { [.integer(Int($0))] } ?? []
        }
        guard case .string(let text) = value else { return [] }
        try spend(text.utf8.count / 16)
        switch function {
        case .length: return [.integer(text.count)]
        case .substring:
            guard let start = try single(try evaluate(arguments[0], this))?.value?.number?.int64, start >= 0,
                start < text.count
            else { return [] }
            let tail = text.dropFirst(Int(start))
            guard arguments.count > 1 else { return [.string(String(tail))] }
            guard let length = try single(try evaluate(arguments[1], this))?.value?.number?.int64 else { return [] }
            return [.string(String(tail.prefix(Int(max(0, min(length, Int64(text.count)))))))]
        default: break
        }
        guard let argument = try string(arguments[0], this) else { return [] }
        switch function {
        case .startsWith: return [.boolean(text.hasPrefix(argument))]
        case .endsWith: return [.boolean(text.hasSuffix(argument))]
        case .contains: return [.boolean(argument.isEmpty || text.contains(argument))]
        case .matches:
            guard let pattern = FHIRPathPattern(argument) else { throw .evaluation(.unsupported) }
            return [.boolean(try pattern.firstMatch(in: Array(text.utf8), budget: &budget) != nil)]
        case .replaceMatches:
            guard let pattern = FHIRPathPattern(argument), let substitute = try string(arguments[1], this) else {
                throw .evaluation(.unsupported)
            }
            return [.string(try pattern.replace(in: text, with: substitute, budget: &budget))]
        default: return []
        }
    }

    /// Resources that references within the root resource lead to; others are not followed.
    private mutating func resolve(_ input: Items) throws(FHIRPathError) -> Items {
        var found: Items = []
        for source in input {
            guard let reference = source.value?.string ?? source.value?["reference"]?.string, reference.hasPrefix("#")
            else {
                continue
            }
            let contained = root.value?["contained"]?.array ?? []
            try spend(contained.count)
            for resource in contained where resource["id"]?.string == String(reference.dropFirst()) {
                found.append(item(resource, nil, definitions.resource))
            }
        }
        return found
    }
}
