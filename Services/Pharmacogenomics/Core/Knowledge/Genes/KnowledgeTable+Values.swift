extension KnowledgeTable {
    /// A field's text; fails when absent.
    public func requiredText(_ row: Int, _ column: Column) throws(KnowledgeError) -> String {
        guard !isEmpty(row, column) else { throw error(row, column, "is empty") }
        return text(row, column)
    }

    /// A whole number in decimal digits, nil when absent; fails on anything else.
    public func integer(_ row: Int, _ column: Column) throws(KnowledgeError) -> Int64? {
        let range = range(row, column)
        guard !range.isEmpty else { return nil }
        var value: Int64 = 0
        for byte in bytes[range] {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), value < 1_000_000_000_000 else {
                throw error(row, column, "is no whole number: \(text(row, column))")
            }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return value
    }

    /// A whole number; fails when absent or anything else.
    public func requiredInteger(_ row: Int, _ column: Column) throws(KnowledgeError) -> Int64 {
        guard let value = try integer(row, column) else { throw error(row, column, "is empty") }
        return value
    }

    /// A finite decimal number, nil when absent; fails on anything else.
    public func number(_ row: Int, _ column: Column) throws(KnowledgeError) -> Double? {
        guard !isEmpty(row, column) else { return nil }
        guard let value = Double(text(row, column)), value.isFinite else {
            throw error(row, column, "is no number: \(text(row, column))")
        }
        return value
    }

    /// `1` or `0`; fails on anything else.
    public func flag(_ row: Int, _ column: Column) throws(KnowledgeError) -> Bool {
        if field(row, column, equals: "1") { return true }
        if field(row, column, equals: "0") { return false }
        throw error(row, column, "is neither 0 nor 1: \(text(row, column))")
    }

    /// A word of a closed list; fails on any other, naming the list.
    public func word<Word: RawRepresentable & CaseIterable>(
        _ row: Int, _ column: Column, as type: Word.Type = Word.self
    ) throws(KnowledgeError) -> Word where Word.RawValue == String {
        let text = text(row, column)
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw error(row, column, "is none of \(words): \(text)")
        }
        return word
    }
}
