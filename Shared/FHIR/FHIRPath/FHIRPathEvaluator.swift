import JSONDocument

/// Evaluates expressions for one element of a resource. Its cost is bounded by a number of steps.
struct FHIRPathEvaluator {
    typealias Node = FHIRPathExpression.Node
    typealias Items = [FHIRPathItem]

    let definitions: FHIRDefinitions
    /// `%context`: what the expression is about.
    let context: FHIRPathItem
    /// `%resource`: the resource that holds it.
    let resource: FHIRPathItem
    /// `%rootResource`: the resource that contains that one, or the same.
    let root: FHIRPathItem
    /// Steps that are left.
    var budget: Int

    /// Whether the expression is true of the context; nil when it is empty.
    mutating func holds(_ expression: FHIRPathExpression) throws(FHIRPathError) -> Bool? {
        try truth(expression.root, [context])
    }

    mutating func spend(_ steps: Int) throws(FHIRPathError) {
        budget -= steps
        guard budget > 0 else { throw .evaluation(.stepLimit) }
    }

    mutating func evaluate(_ node: Node, _ this: Items) throws(FHIRPathError) -> Items {
        try spend(1)
        switch node {
        case .this: return this
        case .context: return [context]
        case .resource: return [resource]
        case .rootResource: return [root]
        case .empty: return []
        case .literal(let item): return [item]
        case .member(let input, let name):
            return try members(of: try evaluate(input, this), name, limit: .max)
        case .typeGuard(let input, let type):
            return try evaluate(input, this).filter { isKind($0, of: type) }
        case .call(let input, let function, let arguments):
            if function == .first, case .member(let owner, let name) = input {
                return try members(of: try evaluate(owner, this), name, limit: 1)
            }
            return try call(function, on: try evaluate(input, this), arguments, this)
        case .isType(let input, let test):
            guard let item = try single(try evaluate(input, this)) else { return [] }
            return [.boolean(isKind(item, of: test.type))]
        case .asType(let input, let test):
            return try evaluate(input, this).filter { isKind($0, of: test.type) }
        case .binary(let operation, let left, let right):
            return try binary(operation, left, right, this)
        }
    }

    // MARK: - Single values

    /// The only item; nil when there is none.
    func single(_ items: Items) throws(FHIRPathError) -> FHIRPathItem? {
        guard items.count <= 1 else { throw .evaluation(.operand) }
        return items.first
    }

    mutating func truth(_ node: Node, _ this: Items) throws(FHIRPathError) -> Bool? {
        guard let item = try single(try evaluate(node, this)) else { return nil }
        if case .bool(let value)? = item.value { return value }
        return true
    }

    mutating func string(_ node: Node, _ this: Items) throws(FHIRPathError) -> String? {
        try single(try evaluate(node, this))?.value?.string
    }

    func isKind(_ item: FHIRPathItem, of type: Int) -> Bool {
        if item.type >= 0 { return definitions.types[item.type].isKind(of: type) }
        switch definitions.types[type].kind {
        case .primitive(.boolean): return item.type == FHIRPathItem.System.boolean
        case .primitive(.integer): return item.type == FHIRPathItem.System.integer
        case .primitive(.decimal): return item.type == FHIRPathItem.System.decimal
        case .primitive(.string): return item.type == FHIRPathItem.System.string
        default: return false
        }
    }

    // MARK: - Operators

    private mutating func binary(
        _ operation: FHIRPathExpression.Operator, _ left: Node, _ right: Node, _ this: Items
    ) throws(FHIRPathError) -> Items {
        switch operation {
        case .and, .or, .xor, .implies:
            return try logic(operation, left, right, this).map { [.boolean($0)] } ?? []
        case .union:
            return try distinct(try evaluate(left, this) + (try evaluate(right, this)))
        case .equal, .notEqual:
            let one = try evaluate(left, this)
            let other = try evaluate(right, this)
            guard !one.isEmpty, !other.isEmpty else { return [] }
            try spend(one.count)
            let isEqual = one.count == other.count && zip(one, other).allSatisfy { $0 == $1 }
            return [.boolean(isEqual == (operation == .equal))]
        case .isIn: return try membership(of: try evaluate(left, this), in: try evaluate(right, this))
        case .contains: return try membership(of: try evaluate(right, this), in: try evaluate(left, this))
        case .concatenate:
            let one = try string(left, this) ?? ""
            return [.string(one + (try string(right, this) ?? ""))]
        case .add, .subtract:
            let one = try single(try evaluate(left, this))?.value
            let other = try single(try evaluate(right, this))?.value
            if operation == .add, let text = one?.string, let tail = other?.string { return [.string(text + tail)] }
            guard let first = one?.number?.int64, let second = other?.number?.int64 else { return [] }
            let result =
                operation == .add ? first.addingReportingOverflow(second) : first.subtractingReportingOverflow(second)
            return result.overflow ? [] : [.integer(Int(result.partialValue))]
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard let one = try single(try evaluate(left, this)), let other = try single(try evaluate(right, this)),
                let order = FHIRPathOrder.compare(one, other, definitions)
            else { return [] }
            switch operation {
            case .less: return [.boolean(order < 0)]
            case .lessOrEqual: return [.boolean(order <= 0)]
            case .greater: return [.boolean(order > 0)]
            default: return [.boolean(order >= 0)]
            }
        }
    }

    /// The three-valued logic of the specification.
    private mutating func logic(
        _ operation: FHIRPathExpression.Operator, _ left: Node, _ right: Node, _ this: Items
    ) throws(FHIRPathError) -> Bool? {
        let one = try truth(left, this)
        switch (operation, one) {
        case (.and, false): return false
        case (.or, true), (.implies, false): return true
        default: break
        }
        let other = try truth(right, this)
        switch operation {
        case .and: return other == false ? false : one == nil ? nil : other
        case .or: return other == true ? true : one == nil ? nil : other
        case .implies: return other == true ? true : one == nil ? nil : other
        default:
            guard let one, let other else { return nil }
            return one != other
        }
    }

    private mutating func membership(of items: Items, in list: Items) throws(FHIRPathError) -> Items {
        guard let item = try single(items) else { return [] }
        try spend(list.count)
        return [.boolean(list.contains { $0 == item })]
    }

    /// The items without repetitions, in order.
    mutating func distinct(_ items: Items) throws(FHIRPathError) -> Items {
        guard items.count > 1 else { return items }
        try spend(items.count)
        var seen: Set<String> = []
        return items.filter { seen.insert($0.identity).inserted }
    }
}
