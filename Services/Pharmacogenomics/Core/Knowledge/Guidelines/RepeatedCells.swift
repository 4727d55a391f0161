/// A place in a knowledge table.
struct KnowledgeCell {
    let table: KnowledgeTable
    let row: Int
    let column: KnowledgeTable.Column

    /// The error of this cell.
    func error(_ detail: String) -> KnowledgeError { table.error(row, column, detail) }
}

/// The distinct texts of one column and what they mean; a text that stands in many rows is read once.
struct RepeatedCells<Value> {
    private var values: [Value] = []
    private var numbers: [String: Int] = [:]
    private var latest: (bytes: ArraySlice<UInt8>, number: Int)?

    /// What the text with that number means.
    subscript(number: Int) -> Value { values[number] }

    /// The number of a cell's text; texts are numbered from 0 as they come.
    mutating func number(
        _ table: KnowledgeTable, _ row: Int, _ column: KnowledgeTable.Column,
        read: (String, KnowledgeCell) throws(KnowledgeError) -> Value
    ) throws(KnowledgeError) -> Int {
        let bytes = table.field(row, column)
        // Tables are sorted, so most cells repeat the one above: then no text is made at all.
        if let latest, latest.bytes == bytes { return latest.number }
        let text = String(decoding: bytes, as: UTF8.self)
        let number: Int
        if let known = numbers[text] {
            number = known
        } else {
            number = values.count
            values.append(try read(text, KnowledgeCell(table: table, row: row, column: column)))
            numbers[text] = number
        }
        latest = (bytes, number)
        return number
    }

    /// What a cell means.
    mutating func value(
        _ table: KnowledgeTable, _ row: Int, _ column: KnowledgeTable.Column,
        read: (String, KnowledgeCell) throws(KnowledgeError) -> Value
    ) throws(KnowledgeError) -> Value {
        values[try number(table, row, column, read: read)]
    }
}
