import JSONDocument

/// The compiled schemas, by name (`omh/heart-rate-1.1`). Compiled once, then only read.
///
/// It knows the keywords of JSON Schema (drafts 4 and 7) that Open mHealth uses; a schema that uses another one, or refers to a schema that is
/// not there, does not compile and is not in the catalogue, so that nothing is judged by half a schema.
struct SchemaCatalog: Sendable {
    /// One schema or subschema; references to others are indices into ``SchemaCatalog/nodes``.
    struct Node: Sendable {
        var reference: Int?
        var types: [String] = []
        var properties: [String: Int] = [:]
        var required: [String] = []
        var enumeration: [JSONValue]?
        var allOf: [Int] = []
        var anyOf: [Int] = []
        var oneOf: [Int] = []
        var items: Int?
        var minimalItems = 0
        var form: SchemaStringForm?
    }

    private(set) var nodes: [Node] = []
    private(set) var roots: [String: Int] = [:]

    /// The schemas of Open mHealth that the executable carries.
    static let openMHealth = SchemaCatalog(
        OpenMHealthSchemaText.all.compactMap { name, text in
            (try? JSONValue(parsing: text.utf8)).map { (String(name), $0) }
        })

    init(_ schemas: [(name: String, schema: JSONValue)]) {
        var compiler = SchemaCompiler(documents: Dictionary(schemas, uniquingKeysWith: { first, _ in first }))
        for (name, _) in schemas {
            guard let root = compiler.compile(document: name) else { continue }
            roots[name] = root
        }
        nodes = compiler.nodes
        roots = roots.filter { !compiler.isBroken($0.value) }
    }
}

/// The forms of strings that the schemas ask for by `pattern` and `format`.
enum SchemaStringForm: Sendable {
    case dateTime
    case fullDate
    case localTime
    case uri

    init?(pattern: String) {
        switch pattern {
        case "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": self = .fullDate
        case #"^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(.\d{1,3})?$"#: self = .localTime
        default: return nil
        }
    }

    init?(format: String) {
        switch format {
        case "date-time": self = .dateTime
        case "uri": self = .uri
        default: return nil
        }
    }
}

/// Compiles schemas into nodes; remembers which nodes could not be compiled.
private struct SchemaCompiler {
    let documents: [String: JSONValue]
    private(set) var nodes: [SchemaCatalog.Node] = []
    private var indices: [String: Int] = [:]
    private var broken: Set<Int> = []

    init(documents: [String: JSONValue]) {
        self.documents = documents
    }

    mutating func compile(document name: String) -> Int? { compile(reference: name, within: name) }

    /// Whether the node, or one that it reaches, could not be compiled.
    func isBroken(_ root: Int) -> Bool {
        var seen: Set<Int> = []
        var pending = [root]
        while let index = pending.popLast() {
            if broken.contains(index) { return true }
            guard seen.insert(index).inserted else { continue }
            let node = nodes[index]
            pending += node.properties.values
            pending += node.allOf + node.anyOf + node.oneOf
            pending += [node.reference, node.items].compactMap { $0 }
        }
        return false
    }

    private mutating func compile(reference: String, within document: String) -> Int? {
        let full = reference.hasPrefix("#") ? document + reference : reference
        if let index = indices[full] { return index }
        let parts = full.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard var schema = documents[name] else { return nil }
        for step in parts.count > 1 ? parts[1].split(separator: "/") : [] {
            guard let next = schema[String(step)] else { return nil }
            schema = next
        }
        let index = reserve()
        indices[full] = index
        fill(index, with: schema, within: name)
        return index
    }

    private mutating func compile(_ schema: JSONValue, within document: String) -> Int {
        let index = reserve()
        fill(index, with: schema, within: document)
        return index
    }

    private mutating func reserve() -> Int {
        nodes.append(SchemaCatalog.Node())
        return nodes.count - 1
    }

    private mutating func fill(_ index: Int, with schema: JSONValue, within document: String) {
        guard case .object(let keywords) = schema else {
            broken.insert(index)
            return
        }
        var node = SchemaCatalog.Node()
        if let reference = keywords["$ref"]?.string {
            // Beside a $ref, drafts 4 to 7 ignore every other keyword.
            node.reference = compile(reference: reference, within: document)
            if node.reference == nil { broken.insert(index) }
            nodes[index] = node
            return
        }
        for member in keywords.members {
            switch (member.key, member.value) {
            case ("definitions", _): break
            case ("type", .string(let type)): node.types = [type]
            case ("type", .array(let types)): node.types = types.compactMap(\.string)
            case ("properties", .object(let properties)):
                for property in properties.members {
                    node.properties[property.key] = compile(property.value, within: document)
                }
            case ("required", .array(let names)): node.required = names.compactMap(\.string)
            case ("enum", .array(let values)): node.enumeration = values
            case ("allOf", .array(let schemas)): node.allOf = schemas.map { compile($0, within: document) }
            case ("anyOf", .array(let schemas)): node.anyOf = schemas.map { compile($0, within: document) }
            case ("oneOf", .array(let schemas)): node.oneOf = schemas.map { compile($0, within: document) }
            case ("items", .object): node.items = compile(member.value, within: document)
            case ("minItems", .number(let count)): node.minimalItems = Int(count.int64 ?? 0)
            case ("pattern", .string(let pattern)):
                node.form = SchemaStringForm(pattern: pattern)
                if node.form == nil { broken.insert(index) }
            case ("format", .string(let format)):
                node.form = SchemaStringForm(format: format)
                if node.form == nil { broken.insert(index) }
            default: broken.insert(index)
            }
        }
        nodes[index] = node
    }
}
