/// The fields of one row of a ``NEWS2Table``; an error names row, line and field, never the value.
struct NEWS2Fields {
    private let record: CSVReader.Record
    private let row: Int
    private let width: Int
    private let places: [NEWS2Table.Column: Int]

    init(_ record: CSVReader.Record, row: Int, width: Int, places: [NEWS2Table.Column: Int]) {
        self.record = record
        self.row = row
        self.width = width
        self.places = places
    }

    func observations() throws(AlertEngineError) -> NEWS2Observations {
        guard record.fields.count == width else {
            throw malformed("\(record.fields.count) fields instead of \(width)")
        }
        return NEWS2Observations(
            respirationRate: try number(.respirationRate, .respirationRate),
            oxygenSaturation: try number(.oxygenSaturation, .oxygenSaturation),
            oxygenScale: try choice(.oxygenScale, ["1": .scale1, "2": .scale2], "1 or 2"),
            onOxygen: try choice(
                .onOxygen, ["0": false, "1": true, "air": false, "oxygen": true, "false": false, "true": true],
                "0 (air) or 1 (oxygen)"),
            systolicPressure: try number(.systolicPressure, .systolicPressure), pulse: try number(.pulse, .pulse),
            consciousness: try consciousness(), temperature: try number(.temperature, .temperature))
    }

    private func text(_ column: NEWS2Table.Column) throws(AlertEngineError) -> String {
        guard let place = places[column], place < record.fields.count else {
            throw malformed("\(column.rawValue): absent")
        }
        let text = record.fields[place].trimmed
        guard !text.isEmpty else { throw malformed("\(column.rawValue): empty") }
        return text
    }

    private func number(
        _ column: NEWS2Table.Column, _ parameter: VitalParameter
    ) throws(AlertEngineError) -> Double {
        let range = PlausibleRange.standard(for: parameter)
        guard let value = Double(try text(column)), range.contains(value) else {
            let bounds = "\(AlertEvidence.number(range.lowest)) to \(AlertEvidence.number(range.highest))"
            throw malformed("\(column.rawValue): not a number from \(bounds)")
        }
        return value
    }

    private func choice<Value>(
        _ column: NEWS2Table.Column, _ values: [String: Value], _ words: String
    ) throws(AlertEngineError) -> Value {
        guard let value = values[try text(column).lowercased()] else {
            throw malformed("\(column.rawValue): not \(words)")
        }
        return value
    }

    private func consciousness() throws(AlertEngineError) -> Consciousness {
        guard let level = Consciousness(letter: try text(.consciousness)) else {
            throw malformed("consciousness: not A, C, V, P or U")
        }
        return level
    }

    private func malformed(_ detail: String) -> AlertEngineError {
        AlertEngineError(
            code: .malformedRow, operation: "score NEWS2", detail: "row \(row) (line \(record.line)): \(detail)")
    }
}

extension String {
    /// The text without the spaces and tabs round it.
    var trimmed: String {
        let inner = drop { $0 == " " || $0 == "\t" }
        guard let last = inner.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(inner[...last])
    }
}
