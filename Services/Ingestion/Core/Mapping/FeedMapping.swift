import Domain

/// A declared mapping from the fields of any JSON or CSV to observations; written in YAML, see `deploy/mappings`.
///
///     mapping: 1
///     format: csv
///     missing: ["", NA]
///     time: {field: effective_time_frame, format: iso8601}
///     observations:
///       - code: {system: "http://loinc.org", code: 93832-4, display: Sleep duration}
///         value: {field: sleep_duration_h}
///         unit: h
public struct FeedMapping: Sendable {
    /// How records stand in a file.
    public enum Format: String, Sendable, CaseIterable {
        /// Rows with a header.
        case csv
        /// One JSON document.
        case json
        /// One JSON value a line.
        case ndjson
    }

    /// Where a text comes from.
    enum Source: Sendable, Equatable {
        case field(String)
        case constant(String)
    }

    /// How a time is written.
    enum TimeForm: Sendable, Equatable {
        case pattern(TimePattern)
        /// A count since 1970 of units of so many microseconds.
        case epoch(Int64)
    }

    struct Moment: Sendable, Equatable {
        let source: Source
        let form: TimeForm
        let zone: LocalZone?
    }

    /// What an observation is of.
    enum Code: Sendable, Equatable {
        case fixed(CodedConcept)
        case lookup(String, [String: CodedConcept])
    }

    enum ValueKind: String, Sendable, CaseIterable {
        case quantity, text, boolean, code
    }

    struct Observation: Sendable, Equatable {
        let code: Code
        let value: Source
        let kind: ValueKind
        let unit: Source?
        /// The factor that a number is multiplied by, as decimal text.
        let scale: String?
        /// What a value is replaced by; a value that is not in it is a fault.
        let map: [String: String]?
        /// The system of a coded value.
        let system: String
        /// Further texts that mean that nothing was measured.
        let missing: Set<String>
        /// Whether a missing value is told as such, with FHIR's reason `unknown`, rather than passed over.
        let tellsMissing: Bool
    }

    /// The mapping's name, for people.
    public let name: String
    /// How records stand in a file.
    public let format: Format
    let delimiter: UInt8
    let decimalMark: Character
    /// Where the records stand in a JSON document; empty for the root.
    let records: JSONPath
    let missing: Set<String>
    let person: Source?
    let record: Source?
    let device: Source?
    let time: Moment
    let end: Moment?
    let observations: [Observation]

    /// The mapping that `yaml` declares. Throws all of its faults, each with line and column.
    public init(yaml: String) throws(MappingFaults) {
        var parser = MappingParser()
        guard let mapping = parser.mapping(yaml), parser.faults.isEmpty else {
            throw MappingFaults(faults: parser.faults.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
        }
        self = mapping
    }

    init(
        name: String, format: Format, delimiter: UInt8, decimalMark: Character, records: JSONPath, missing: Set<String>,
        person: Source?, record: Source?, device: Source?, time: Moment, end: Moment?, observations: [Observation]
    ) {
        self.name = name
        self.format = format
        self.delimiter = delimiter
        self.decimalMark = decimalMark
        self.records = records
        self.missing = missing
        self.person = person
        self.record = record
        self.device = device
        self.time = time
        self.end = end
        self.observations = observations
    }
}
