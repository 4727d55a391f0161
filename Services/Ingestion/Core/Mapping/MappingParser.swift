import Domain
import Yams

/// Reads a mapping file and gathers what is wrong with it, each fault with its line.
struct MappingParser {
    private(set) var faults: [MappingFault] = []
    private static let limit = 256 << 10

    private static let keys: Set<String> = [
        "mapping", "name", "format", "delimiter", "decimal", "records", "missing", "zone", "person", "id", "device",
        "time",
        "end", "observations",
    ]

    private mutating func fault(_ code: String, _ node: Node?, _ detail: String) {
        guard faults.count < 100 else { return }
        faults.append(
            MappingFault(code: code, line: node?.mark?.line ?? 1, column: node?.mark?.column ?? 1, detail: detail))
    }

    /// The mapping, or nil when a part that it cannot be without is faulty.
    mutating func mapping(_ yaml: String) -> FeedMapping? {
        guard yaml.utf8.count <= Self.limit else {
            fault("mapping-size", nil, "a mapping file has at most \(Self.limit) bytes")
            return nil
        }
        let root: Node
        do {
            guard let node = try Yams.compose(yaml: yaml) else {
                fault("mapping-yaml", nil, "the file is empty")
                return nil
            }
            root = node
        } catch let error as YamlError {
            let mark: Mark?
            switch error {
            case .scanner(_, _, let at, _), .parser(_, _, let at, _), .composer(_, _, let at, _): mark = at
            case .duplicatedKeysInMapping(_, let context): mark = context.mark
            default: mark = nil
            }
            faults.append(
                MappingFault(
                    code: "mapping-yaml", line: mark?.line ?? 1, column: mark?.column ?? 1, detail: "not valid YAML"))
            return nil
        } catch {
            fault("mapping-yaml", nil, "not valid YAML")
            return nil
        }
        guard let table = table(root, Self.keys, "a mapping file") else { return nil }
        if table["mapping"]?.string != "1" { fault("mapping-value", table["mapping"] ?? root, "mapping must be 1") }
        let format = choice(FeedMapping.Format.self, table["format"], root, "format")
        let zone = zone(table["zone"])
        var records = JSONPath("")
        if let node = table["records"] {
            records = node.string.flatMap { JSONPath($0) }
            if records == nil { fault("mapping-value", node, "records must be a path such as data.items[*]") }
        }
        let time = required(table, "time", root).flatMap { moment($0, zone) }
        let end = table["end"].flatMap { moment($0, zone) }
        let observations = observations(table, root)
        guard let format, let records, let time, !observations.isEmpty else { return nil }
        return FeedMapping(
            name: table["name"]?.string ?? "", format: format,
            delimiter: character(table["delimiter"], ",", "delimiter"),
            decimalMark: character(table["decimal"], ".", "decimal") == UInt8(ascii: ",") ? "," : ".", records: records,
            missing: texts(table["missing"]) ?? ["", "NA", "N/A", "NaN", "nan", "null", "NULL"],
            person: table["person"].flatMap { source($0) }, record: table["id"].flatMap { source($0) },
            device: table["device"].flatMap { source($0) }, time: time, end: end, observations: observations)
    }

    private mutating func observations(_ table: [String: Node], _ root: Node) -> [FeedMapping.Observation] {
        guard let node = required(table, "observations", root) else { return [] }
        guard let list = node.sequence, !list.isEmpty else {
            fault("mapping-type", node, "observations must be a list with at least one observation")
            return []
        }
        return list.compactMap { observation($0) }
    }

    private mutating func observation(_ node: Node) -> FeedMapping.Observation? {
        let keys: Set<String> = ["code", "value", "type", "unit", "scale", "map", "system", "missing", "tellMissing"]
        guard let table = table(node, keys, "an observation") else { return nil }
        let code = required(table, "code", node).flatMap { self.code($0) }
        let value = required(table, "value", node).flatMap { source($0) }
        let kind = table["type"] == nil ? .quantity : choice(FeedMapping.ValueKind.self, table["type"], node, "type")
        var unit: FeedMapping.Source?
        if let unitNode = table["unit"] {
            unit = unitNode.scalar != nil ? .constant(unitNode.string ?? "") : source(unitNode)
        } else if kind == .quantity {
            fault("mapping-missing", node, "a quantity needs a unit, in UCUM; 1 for a bare number")
        }
        var scale: String?
        if let scaleNode = table["scale"] {
            scale = scaleNode.string
            if scale.flatMap({ DecimalText.product($0, "1") }) == nil {
                fault("mapping-value", scaleNode, "scale must be a decimal number")
            }
        }
        var map: [String: String]?
        if let mapNode = table["map"] {
            guard let pairs = mapNode.mapping else {
                fault("mapping-type", mapNode, "map must be a table from sent to meant")
                return nil
            }
            map = [:]
            for (key, value) in pairs { map?[key.string ?? ""] = value.string }
        }
        let tells = table["tellMissing"]?.bool ?? false
        guard let code, let value, let kind else { return nil }
        return FeedMapping.Observation(
            code: code, value: value, kind: kind, unit: unit, scale: scale, map: map,
            system: table["system"]?.string ?? "",
            missing: texts(table["missing"]) ?? [], tellsMissing: tells)
    }

    private mutating func code(_ node: Node) -> FeedMapping.Code? {
        guard let table = table(node, ["system", "code", "display", "field", "map"], "a code") else { return nil }
        guard let field = table["field"] else { return concept(table, node).map { .fixed($0) } }
        guard let name = field.string, !name.isEmpty else {
            fault("mapping-type", field, "field must be a name")
            return nil
        }
        guard let pairs = table["map"]?.mapping else {
            fault("mapping-missing", node, "a code by field needs a map from what is sent to codes")
            return nil
        }
        var concepts: [String: CodedConcept] = [:]
        for (key, value) in pairs {
            guard let inner = self.table(value, ["system", "code", "display"], "a code") else { continue }
            concepts[key.string ?? ""] = concept(inner, value)
        }
        return .lookup(name, concepts)
    }

    private mutating func concept(_ table: [String: Node], _ node: Node) -> CodedConcept? {
        guard let code = required(table, "code", node)?.string, let system = required(table, "system", node)?.string
        else {
            return nil
        }
        guard (1...256).contains(code.utf8.count), (1...256).contains(system.utf8.count) else {
            fault("mapping-value", node, "code and system must have 1 to 256 bytes")
            return nil
        }
        return CodedConcept(code: code, system: system, display: FactText.display(table["display"]?.string ?? ""))
    }

    private mutating func moment(_ node: Node, _ zone: LocalZone?) -> FeedMapping.Moment? {
        guard let table = table(node, ["field", "constant", "format", "zone"], "a time") else { return nil }
        guard let source = source(table, node) else { return nil }
        let form: FeedMapping.TimeForm
        switch table["format"]?.string ?? "iso8601" {
        case "iso8601": form = .pattern(.iso8601)
        case "epoch-seconds": form = .epoch(1_000_000)
        case "epoch-milliseconds": form = .epoch(1_000)
        case "epoch-microseconds": form = .epoch(1)
        case let text:
            guard let pattern = TimePattern(text) else {
                fault(
                    "mapping-value", table["format"],
                    "format must be iso8601, epoch-seconds, epoch-milliseconds, epoch-microseconds or a pattern such as MM/dd/yy HH:mm:ss"
                )
                return nil
            }
            form = .pattern(pattern)
        }
        return FeedMapping.Moment(source: source, form: form, zone: self.zone(table["zone"]) ?? zone)
    }

    private mutating func zone(_ node: Node?) -> LocalZone? {
        guard let node else { return nil }
        guard let zone = node.string.flatMap({ LocalZone($0) }) else {
            fault(
                "mapping-value", node, "zone must be UTC, an offset such as +01:00 or an IANA name such as Europe/Oslo")
            return nil
        }
        return zone
    }

    private mutating func source(_ node: Node) -> FeedMapping.Source? {
        guard let table = table(node, ["field", "constant"], "a source") else { return nil }
        return source(table, node)
    }

    private mutating func source(_ table: [String: Node], _ node: Node) -> FeedMapping.Source? {
        switch (table["field"]?.string, table["constant"]?.string) {
        case (let field?, nil) where !field.isEmpty: return .field(field)
        case (nil, let constant?): return .constant(constant)
        default:
            fault("mapping-value", node, "must have either field or constant")
            return nil
        }
    }

    // MARK: Nodes

    /// The members of a table; keys that are not in `keys` are faults.
    private mutating func table(_ node: Node, _ keys: Set<String>, _ what: String) -> [String: Node]? {
        guard let pairs = node.mapping else {
            fault("mapping-type", node, "\(what) must be a table")
            return nil
        }
        var table: [String: Node] = [:]
        for (key, value) in pairs {
            guard let name = key.string, keys.contains(name) else {
                fault("mapping-unknown-key", key, "\(what) knows \(keys.sorted().joined(separator: ", "))")
                continue
            }
            table[name] = value
        }
        return table
    }

    private mutating func required(_ table: [String: Node], _ key: String, _ node: Node) -> Node? {
        if table[key] == nil { fault("mapping-missing", node, "\(key) is required") }
        return table[key]
    }

    private mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ type: Choice.Type, _ node: Node?, _ parent: Node, _ what: String
    ) -> Choice? {
        let choice = node?.string.flatMap { Choice(rawValue: $0) }
        if choice == nil {
            fault(
                "mapping-value", node ?? parent,
                "\(what) must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    private mutating func character(_ node: Node?, _ standard: Character, _ what: String) -> UInt8 {
        guard let node else { return standard.asciiValue ?? 0 }
        let text = node.string == "\\t" || node.string == "tab" ? "\t" : node.string
        guard let text, text.utf8.count == 1, let byte = text.utf8.first, byte != 0x22, byte != 0x0A, byte != 0x0D
        else {
            fault("mapping-value", node, "\(what) must be one ASCII character, or tab")
            return standard.asciiValue ?? 0
        }
        return byte
    }

    private mutating func texts(_ node: Node?) -> Set<String>? {
        guard let node else { return nil }
        guard let list = node.sequence else {
            fault("mapping-type", node, "must be a list of texts")
            return nil
        }
        return Set(list.compactMap(\.string))
    }
}
