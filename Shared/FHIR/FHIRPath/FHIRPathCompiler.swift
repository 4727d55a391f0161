import JSONDocument

/// Parses expressions and binds their names to the numbers of the definitions.
struct FHIRPathCompiler {
    let typeNumbers: [String: Int]
    let pathNames: [String: Int]

    /// Parentheses, arguments and chained operators may be nested this deep.
    static let depthLimit = 64
    /// Steps of one expression at most: each nests in the next when it is evaluated.
    static let stepLimit = 400

    /// The expression that `text` writes.
    func compile(_ text: String) throws(FHIRPathError) -> FHIRPathExpression {
        var parser = Parser(compiler: self, lexer: FHIRPathLexer(text))
        return FHIRPathExpression(try parser.whole())
    }

    private struct Parser {
        typealias Node = FHIRPathExpression.Node
        typealias Operator = FHIRPathExpression.Operator

        let compiler: FHIRPathCompiler
        var lexer: FHIRPathLexer
        private var token: FHIRPathLexer.Token = .end
        private var depth = 0
        private var steps = 0

        init(compiler: FHIRPathCompiler, lexer: FHIRPathLexer) {
            self.compiler = compiler
            self.lexer = lexer
        }

        mutating func whole() throws(FHIRPathError) -> Node {
            try advance()
            let node = try expression(above: 0)
            guard token == .end else { throw fault(.syntax) }
            return node
        }

        private func fault(_ code: FHIRPathError.Code) -> FHIRPathError {
            FHIRPathError(code: code, operation: "parse", offset: lexer.start)
        }

        private mutating func advance() throws(FHIRPathError) {
            steps += 1
            guard steps <= FHIRPathCompiler.stepLimit else { throw fault(.depthLimit) }
            token = try lexer.next()
        }

        private mutating func expect(_ symbol: String) throws(FHIRPathError) {
            guard token == .symbol(symbol) else { throw fault(.syntax) }
            try advance()
        }

        /// Operators that bind more tightly than `strength`, from left to right.
        private mutating func expression(above strength: Int) throws(FHIRPathError) -> Node {
            depth += 1
            defer { depth -= 1 }
            guard depth <= FHIRPathCompiler.depthLimit else { throw fault(.depthLimit) }
            var left = try path()
            while true {
                switch token {
                case .identifier("is") where FHIRPathExpression.typeStrength > strength:
                    try advance()
                    left = .isType(left, try typeName())
                case .identifier("as") where FHIRPathExpression.typeStrength > strength:
                    try advance()
                    left = .asType(left, try typeName())
                case .identifier(let name), .symbol(let name):
                    guard let operation = Operator(rawValue: name), operation.strength > strength else { return left }
                    try advance()
                    left = .binary(operation, left, try expression(above: operation.strength))
                default: return left
                }
            }
        }

        private mutating func path() throws(FHIRPathError) -> Node {
            var node = try term()
            while token == .symbol(".") {
                try advance()
                switch token {
                case .identifier(let name):
                    try advance()
                    node = token == .symbol("(") ? try call(name, on: node) : member(name, of: node)
                case .quoted(let name):
                    try advance()
                    node = member(name, of: node)
                default: throw fault(.syntax)
                }
            }
            return node
        }

        private func member(_ name: String, of node: Node) -> Node {
            .member(node, compiler.pathNames[name] ?? -1)
        }

        private mutating func term() throws(FHIRPathError) -> Node {
            let current = token
            try advance()
            switch current {
            case .symbol("("):
                let node = try expression(above: 0)
                try expect(")")
                return node
            case .symbol("{"):
                try expect("}")
                return .empty
            case .string(let text): return .literal(.string(text))
            case .number(let text): return .literal(try number(text))
            case .variable(let name): return try variable(name)
            case .identifier("true"): return .literal(.boolean(true))
            case .identifier("false"): return .literal(.boolean(false))
            case .identifier(let name):
                if token == .symbol("(") { return try call(name, on: .this) }
                if name.first?.isUppercase == true, let type = compiler.typeNumbers[name] {
                    return .typeGuard(.this, type)
                }
                return member(name, of: .this)
            case .quoted(let name): return member(name, of: .this)
            default: throw fault(.syntax)
            }
        }

        private func number(_ text: String) throws(FHIRPathError) -> FHIRPathItem {
            guard let number = JSONNumber(text) else { throw fault(.syntax) }
            let type = text.contains(".") ? FHIRPathItem.System.decimal : FHIRPathItem.System.integer
            return FHIRPathItem(value: .number(number), type: type)
        }

        private func variable(_ name: String) throws(FHIRPathError) -> Node {
            switch name {
            case "$this": return .this
            case "%context": return .context
            case "%resource": return .resource
            case "%rootResource": return .rootResource
            case "%ucum": return .literal(.string("http://unitsofmeasure.org"))
            case "%sct": return .literal(.string("http://snomed.info/sct"))
            case "%loinc": return .literal(.string("http://loinc.org"))
            default: throw fault(.unsupported)
            }
        }

        private mutating func typeName() throws(FHIRPathError) -> FHIRPathExpression.TypeTest {
            guard case .identifier(var name) = token else { throw fault(.syntax) }
            try advance()
            while token == .symbol(".") {
                try advance()
                guard case .identifier(let part) = token else { throw fault(.syntax) }
                name = part
                try advance()
            }
            // `Boolean` of the language and `boolean` of FHIR test the same elements.
            let number =
                compiler.typeNumbers[name] ?? compiler.typeNumbers[name.prefix(1).lowercased() + name.dropFirst()]
            guard let number else { throw fault(.unsupported) }
            return FHIRPathExpression.TypeTest(type: number)
        }

        private mutating func call(_ name: String, on input: Node) throws(FHIRPathError) -> Node {
            try expect("(")
            switch name {
            case "is", "as", "ofType":
                let type = try typeName()
                try expect(")")
                return name == "is" ? .isType(input, type) : .asType(input, type)
            default: break
            }
            guard let function = FHIRPathExpression.Function(rawValue: name) else { throw fault(.unsupported) }
            var arguments: [Node] = []
            while token != .symbol(")") {
                if !arguments.isEmpty { try expect(",") }
                arguments.append(try expression(above: 0))
            }
            try advance()
            guard function.arity.contains(arguments.count) else { throw fault(.syntax) }
            return .call(input, function, arguments)
        }
    }
}
