/// Scores a table of observations with NEWS2, row by row: the same code that runs live.
///
/// Columns, in any order and among others that are ignored: `respiration_rate`, `spo2`, `spo2_scale` (1 or 2), `on_oxygen` (0 or 1),
/// `systolic_bp`, `pulse`, `consciousness` (A, C, V, P, U) and `temperature`. Every field must be filled: nothing is assumed here.
public struct NEWS2Table {
    /// One row of the table.
    public struct Row: Equatable, Sendable {
        /// Its number below the header, from 1.
        public let number: Int
        /// Its line in the file, from 1.
        public let line: Int
        /// What was observed.
        public let observations: NEWS2Observations
        /// How it scores.
        public let score: NEWS2Score

        /// One flat JSON object; the names of the partial scores are those of the vectors' columns.
        public var json: String {
            let partials: [(String, UInt8?)] = [
                ("s_rr", score.respirationRate), ("s_spo2", score.oxygenSaturation),
                ("s_oxygen", score.supplementalOxygen), ("s_sbp", score.systolicPressure), ("s_pulse", score.pulse),
                ("s_consciousness", score.consciousness), ("s_temp", score.temperature),
            ]
            return "{\"row\":\(number)," + partials.map { "\"\($0)\":\($1 ?? 0)" }.joined(separator: ",")
                + ",\"total\":\(score.total),\"single_3\":\(score.hasSingleThree ? 1 : 0)"
                + ",\"risk\":\"\(score.risk.rawValue)\",\"response\":\"\(score.risk.response)\"}"
        }
    }

    /// What a row came to.
    public enum Result: Equatable, Sendable {
        /// It was scored.
        case scored(Row)
        /// It cannot be scored; the error names the row, its line and the field.
        case malformed(AlertEngineError)
    }

    /// The columns that must be present.
    public static let columns = Column.allCases.map(\.rawValue)

    enum Column: String, CaseIterable {
        case respirationRate = "respiration_rate"
        case oxygenSaturation = "spo2"
        case oxygenScale = "spo2_scale"
        case onOxygen = "on_oxygen"
        case systolicPressure = "systolic_bp"
        case pulse
        case consciousness
        case temperature
    }

    private var reader = CSVReader()
    private var places: [Column: Int]?
    private var width = 0
    private var rows = 0

    /// A table of which nothing was read yet.
    public init() {}

    /// Takes the next bytes of the file and hands each row that they complete to `body`.
    ///
    /// - Throws: `malformedFile` when the header lacks a column or the bytes are no CSV, and what `body` throws.
    public mutating func read(_ bytes: some Sequence<UInt8>, _ body: (Result) throws -> Void) throws {
        var records: [CSVReader.Record] = []
        try reader.read(bytes) { records.append($0) }
        for record in records { try take(record, body) }
    }

    /// Ends the file: hands over the last row, and makes sure that there was a header.
    public mutating func finish(_ body: (Result) throws -> Void) throws {
        var records: [CSVReader.Record] = []
        try reader.finish { records.append($0) }
        for record in records { try take(record, body) }
        guard places != nil else {
            throw AlertEngineError(
                code: .malformedFile, operation: "read the header",
                detail:
                    "the file is empty; the first line must name the columns \(Self.columns.joined(separator: ", "))")
        }
    }

    private mutating func take(_ record: CSVReader.Record, _ body: (Result) throws -> Void) throws {
        guard let places else {
            places = try Self.header(record)
            width = record.fields.count
            return
        }
        rows += 1
        try body(score(record, places))
    }

    private func score(_ record: CSVReader.Record, _ places: [Column: Int]) -> Result {
        do throws(AlertEngineError) {
            let observations = try NEWS2Fields(record, row: rows, width: width, places: places).observations()
            return .scored(
                Row(number: rows, line: record.line, observations: observations, score: NEWS2Score(observations)))
        } catch {
            return .malformed(error)
        }
    }

    private static func header(_ record: CSVReader.Record) throws(AlertEngineError) -> [Column: Int] {
        var places: [Column: Int] = [:]
        for (place, name) in record.fields.enumerated() {
            guard let column = Column(rawValue: name.trimmed) else { continue }
            guard places[column] == nil else {
                throw AlertEngineError(
                    code: .malformedFile, operation: "read the header", detail: "column \(column.rawValue) stands twice"
                )
            }
            places[column] = place
        }
        let missing = Column.allCases.filter { places[$0] == nil }.map(\.rawValue)
        guard missing.isEmpty else {
            throw AlertEngineError(
                code: .malformedFile, operation: "read the header",
                detail: "missing column\(missing.count == 1 ? "" : "s") \(missing.joined(separator: ", "))")
        }
        return places
    }
}
