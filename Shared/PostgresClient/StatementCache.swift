/// Which prepared statements a connection has, and which one goes when there are too many. Pure bookkeeping.
///
/// A statement is found by its text and its parameter types. NULL fits every type, and a type that is not known yet
/// (only NULL was seen) is filled in by preparing the statement anew.
struct StatementCache {
    struct Statement: Equatable {
        let name: String
        let types: [UInt32]
        fileprivate(set) var lastUse: UInt64
    }

    enum Lookup: Equatable {
        case hit(name: String)
        /// Prepare `name` with these types; close the statements in `evicted` first.
        case miss(name: String, types: [UInt32], evicted: [String])
    }

    private var statements: [String: [Statement]] = [:]
    private var clock: UInt64 = 0
    private var nextName: UInt64 = 0
    private(set) var count = 0
    let capacity: Int

    init(capacity: Int) { self.capacity = max(capacity, 1) }

    /// Finds or plans a statement. A planned one counts as present: take it out again with `remove` when preparing it
    /// fails.
    mutating func lookUp(_ sql: String, types wanted: [UInt32]) -> Lookup {
        clock += 1
        var merged = wanted
        var evicted: [String] = []
        if var variants = statements[sql] {
            if let index = variants.firstIndex(where: { Self.fits($0.types, wanted) }) {
                variants[index].lastUse = clock
                statements[sql] = variants
                return .hit(name: variants[index].name)
            }
            if let index = variants.firstIndex(where: { Self.agrees($0.types, wanted) }) {
                merged = zip(variants[index].types, wanted).map { $0 == TypeOID.unknown ? $1 : $0 }
                evicted.append(variants[index].name)
                remove(name: variants[index].name, sql: sql)
            }
        }
        while count >= capacity, let oldest = oldest() {
            evicted.append(oldest.name)
            remove(name: oldest.name, sql: oldest.sql)
        }
        nextName += 1
        let name = "v\(nextName)"
        statements[sql, default: []].append(Statement(name: name, types: merged, lastUse: clock))
        count += 1
        return .miss(name: name, types: merged, evicted: evicted)
    }

    mutating func remove(name: String, sql: String) {
        guard var variants = statements[sql], let index = variants.firstIndex(where: { $0.name == name }) else {
            return
        }
        variants.remove(at: index)
        statements[sql] = variants.isEmpty ? nil : variants
        count -= 1
    }

    private func oldest() -> (sql: String, name: String)? {
        var found: (sql: String, name: String, use: UInt64)?
        for (sql, variants) in statements {
            for variant in variants where variant.lastUse < (found?.use ?? .max) {
                found = (sql, variant.name, variant.lastUse)
            }
        }
        return found.map { ($0.sql, $0.name) }
    }

    /// NULL fits every prepared type.
    private static func fits(_ prepared: [UInt32], _ wanted: [UInt32]) -> Bool {
        prepared.count == wanted.count && zip(prepared, wanted).allSatisfy { $1 == TypeOID.unknown || $0 == $1 }
    }

    /// The two differ only where one of them does not know the type.
    private static func agrees(_ prepared: [UInt32], _ wanted: [UInt32]) -> Bool {
        prepared.count == wanted.count
            && zip(prepared, wanted).allSatisfy { $1 == TypeOID.unknown || $0 == TypeOID.unknown || $0 == $1 }
    }
}
