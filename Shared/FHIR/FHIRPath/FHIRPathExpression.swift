import JSONDocument

/// A compiled expression of the part of FHIRPath that R4's own invariants use.
public struct FHIRPathExpression: Sendable {
    let root: Node

    init(_ root: Node) {
        self.root = root
    }

    /// Compiles `text` against R4's definitions. Throws ``FHIRPathError`` with the place of the fault.
    public init(parsing text: String) throws(FHIRPathError) {
        self = try FHIRDefinitions.r4.compiler.compile(text)
    }

    /// One step of an expression. The input of a path is its first value; `this` begins a path.
    indirect enum Node: Sendable {
        case this
        case context
        case resource
        case rootResource
        case empty
        case literal(FHIRPathItem)
        /// An element by the number of its name.
        case member(Node, Int)
        /// A type's name at the head of a path: the item itself when it is of that type.
        case typeGuard(Node, Int)
        case call(Node, Function, [Node])
        case isType(Node, TypeTest)
        case asType(Node, TypeTest)
        case binary(Operator, Node, Node)
    }

    /// What `is`, `as` and `ofType` ask for.
    struct TypeTest: Sendable {
        /// The FHIR type's number.
        let type: Int
    }

    enum Function: String, Sendable, CaseIterable {
        case exists, empty, count, matches, not, `where`, all, isDistinct, select, first, startsWith, descendants
        case contains, trace, hasValue, children, toInteger, tail, iif, resolve, combine, toString, intersect
        case substring, replaceMatches, distinct, last, endsWith, length, htmlChecks

        /// How many arguments it takes.
        var arity: ClosedRange<Int> {
            switch self {
            case .exists: 0...1
            case .trace: 1...2
            case .substring: 1...2
            case .iif: 2...3
            case .replaceMatches: 2...2
            case .where, .all, .select, .startsWith, .endsWith, .contains, .matches, .combine, .intersect: 1...1
            default: 0...0
            }
        }
    }

    enum Operator: String, Sendable {
        case union = "|", add = "+", subtract = "-", concatenate = "&"
        case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
        case equal = "=", notEqual = "!=", isIn = "in", contains, and, or, xor, implies

        /// The binding strength, tightest first as in the specification's table; `is` and `as` lie between `+` and `|`.
        var strength: Int {
            switch self {
            case .add, .subtract, .concatenate: 9
            case .union: 7
            case .less, .lessOrEqual, .greater, .greaterOrEqual: 6
            case .equal, .notEqual: 5
            case .isIn, .contains: 4
            case .and: 3
            case .or, .xor: 2
            case .implies: 1
            }
        }
    }

    /// The binding strength of `is` and `as`.
    static let typeStrength = 8
}

extension FHIRDefinitions {
    var compiler: FHIRPathCompiler { FHIRPathCompiler(typeNumbers: typeNumbers, pathNames: pathNames) }
}

extension FHIRPathExpression {
    /// What the expression gives for a resource, as JSON; primitives without a value are left out. Throws ``FHIRPathError``.
    ///
    /// - Parameter steps: steps of the evaluation at most.
    public func evaluate(on resource: JSONValue, steps: Int = 1_000_000) throws(FHIRPathError) -> [JSONValue] {
        let definitions = FHIRDefinitions.r4
        let name = resource["resourceType"]?.string ?? ""
        let item = FHIRPathItem(value: resource, type: definitions.resourceType(name)?.number ?? definitions.resource)
        var evaluator = FHIRPathEvaluator(
            definitions: definitions, context: item, resource: item, root: item, budget: steps)
        return try evaluator.evaluate(root, [item]).compactMap(\.value)
    }
}
