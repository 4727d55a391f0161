import Contracts
import Domain
import JSONDocument

/// Reads a file under a mapping, as it arrives (CSV and NDJSON) or whole (JSON): an outcome for each record, in order.
///
/// A record with a faulty field gives the facts of its other fields and a note; one without any fact is rejected with the first fault.
public final class MappingReader {
    private let mapping: FeedMapping
    private let context: FeedContext
    private let names: any PersonNaming
    private let onOutcome: (FactOutcome) -> Void
    private let zone: LocalZone?
    private var recorders: [String: Result<ReadingRecorder, FeedRejection>] = [:]
    private var csv: CSVParser
    private var columns: [String: Int]?
    private var width = 0
    private var held: [UInt8] = []
    private var line = 0
    private var index = 0
    private var isOverlong = false
    private var isEnded = false
    private var hasBadHeader = false
    /// Bytes of one NDJSON line, and of one JSON document.
    private static let lineLimit = 16 << 20
    private static let documentLimit = 256 << 20

    /// A reader of one file.
    public init(
        mapping: FeedMapping, context: FeedContext, names: any PersonNaming, onOutcome: @escaping (FactOutcome) -> Void
    ) {
        self.mapping = mapping
        self.context = context
        self.names = names
        self.onOutcome = onOutcome
        zone = context.timeZone.flatMap { LocalZone($0) }
        csv = CSVParser(delimiter: mapping.delimiter)
    }

    /// The next bytes of the file.
    public func read(_ bytes: some Collection<UInt8>) {
        guard !isEnded else { return }
        switch mapping.format {
        case .csv:
            for row in csv.parse(bytes) { take(row) }
        case .ndjson:
            for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
                if part.offset > 0 { endLine() }
                if held.count + part.element.count > Self.lineLimit { isOverlong = true } else { held += part.element }
            }
        case .json:
            guard held.count + bytes.count <= Self.documentLimit else {
                isEnded = true
                held = []
                return emit("$", .rejected(FeedRejection(code: "json-size-limit", place: "$", detail: "is too long")))
            }
            held += bytes
        }
    }

    /// The file is at its end.
    public func finish() {
        guard !isEnded else { return }
        isEnded = true
        switch mapping.format {
        case .csv:
            for row in csv.finish() { take(row) }
            if columns == nil {
                emit(
                    "$",
                    .rejected(FeedRejection(code: "csv-header-missing", place: "$", detail: "the file has no header")))
            }
        case .ndjson: endLine()
        case .json:
            do throws(JSONError) {
                let root = try JSONValue(parsing: held, limits: JSONLimits(bytes: Self.documentLimit))
                let found = mapping.records.all(in: root)
                if found.isEmpty {
                    emit(
                        "$",
                        .archived(
                            FeedRejection(
                                code: "no-records", place: "$", detail: "nothing stands at the mapping's path")))
                }
                for (value, place) in found { take(value, place: place.isEmpty ? "$" : place) }
            } catch {
                refuse(error, place: "$")
            }
        }
    }

    private func endLine() {
        line += 1
        let place = "line[\(line)]"
        defer {
            held.removeAll(keepingCapacity: true)
            isOverlong = false
        }
        if isOverlong {
            return emit(
                place, .rejected(FeedRejection(code: "json-size-limit", place: place, detail: "the line is too long")))
        }
        guard held.contains(where: { $0 > 0x20 }) else { return }
        do throws(JSONError) {
            take(try JSONValue(parsing: held), place: place)
        } catch {
            refuse(error, place: place)
        }
    }

    private func refuse(_ error: JSONError, place: String) {
        emit(
            place,
            .rejected(
                FeedRejection(
                    code: error.code.rawValue, place: "\(place) line \(error.line), column \(error.column)",
                    detail: "not valid JSON")))
    }

    private func take(_ row: CSVParser.Row) {
        guard let columns else { return takeHeader(row) }
        guard !hasBadHeader else { return }
        let place = "row[\(row.number - 1)]"
        var object = JSONObject()
        // The source is kept under the columns' names; more fields than columns have none.
        for (name, at) in columns.sorted(by: { $0.value < $1.value }) where at < row.fields.count {
            object[name] = .string(row.fields[at])
        }
        guard row.fault == nil, row.fields.count == width else {
            let rejection =
                row.fault.map {
                    FeedRejection(
                        code: $0, place: "\(place) line[\(row.line)]", detail: "the row breaks the form of CSV")
                }
                ?? FeedRejection(
                    code: "ragged-row", place: "\(place) line[\(row.line)]",
                    detail: "the row has \(row.fields.count) fields, the header \(width)")
            return emit(place, .rejected(rejection), source: .object(object))
        }
        let record = MappedRecord(mapping: mapping, place: place) { (name) throws(FeedRejection) in
            columns[name].map { row.fields[$0] }
        }
        judge(record, source: .object(object))
    }

    private func takeHeader(_ row: CSVParser.Row) {
        var columns: [String: Int] = [:]
        for (at, name) in row.fields.enumerated() where columns[name] == nil { columns[name] = at }
        self.columns = columns
        width = row.fields.count
        let absent = mapping.fields.filter { columns[$0] == nil }
        guard absent.isEmpty, row.fault == nil, columns.count == width else {
            isEnded = true
            hasBadHeader = true
            let rejection =
                absent.isEmpty
                ? FeedRejection(
                    code: "csv-header-invalid", place: "row[0]", detail: "the header's names must be distinct")
                : FeedRejection(
                    code: "column-missing", place: "row[0]",
                    detail: "the header lacks columns of the mapping: \(absent.joined(separator: ", "))")
            return emit("row[0]", .rejected(rejection))
        }
    }

    private func take(_ value: JSONValue, place: String) {
        let record = MappedRecord(mapping: mapping, place: place) { (name) throws(FeedRejection) in
            switch JSONPath(name)?.first(in: value) {
            case nil, .null: return nil
            case .string(let text): return text
            case .number(let number): return number.text
            case .bool(let flag): return flag ? "true" : "false"
            case .array, .object:
                throw FeedRejection(
                    code: "wrong-type", place: "\(place).\(name)", detail: "must not be a list or a table")
            }
        }
        judge(record, source: value)
    }

    private func judge(_ record: MappedRecord, source: JSONValue) {
        var record = record
        do throws(FeedRejection) {
            let recorder = try recorder(try person(record)).get()
            let readings = try record.readings(declaredZone: zone)
            let name = try recorder.opaque("record", try record.text(mapping.record) ?? "")
            let device = try recorder.opaque("device", try record.text(mapping.device) ?? "")
            var facts: [Fact] = []
            var faults = record.notes
            for (ordinal, reading) in readings.enumerated() {
                do throws(FeedRejection) {
                    facts.append(try recorder.fact(of: reading, record: name, device: device, ordinal: ordinal))
                } catch {
                    faults.append(error)
                }
            }
            guard facts.isEmpty else { return emit(record.place, .facts(facts), notes: faults, source: source) }
            if let fault = faults.first(where: { $0.code != "zone-assumed" }) { throw fault }
            let empty = FeedRejection(
                code: "no-value", place: record.place, detail: "no field of the mapping has a value")
            emit(record.place, .archived(empty), notes: faults, source: source)
        } catch {
            let place = error.place.isEmpty ? record.place : error.place
            emit(
                record.place, .rejected(FeedRejection(code: error.code, place: place, detail: error.detail)),
                source: source)
        }
    }

    private func person(_ record: MappedRecord) throws(FeedRejection) -> String? {
        guard let source = mapping.person else { return context.subject?.reveal() }
        guard let text = try record.text(source) else {
            throw FeedRejection(
                code: "subject-missing", place: record.place, detail: "the record does not tell whom it is about")
        }
        return text
    }

    private func recorder(_ person: String?) -> Result<ReadingRecorder, FeedRejection> {
        if let known = recorders[person ?? ""] { return known }
        let made = Result { () throws(FeedRejection) in
            try ReadingRecorder(context: context, names: names, user: person.map { PHI($0) })
        }
        if recorders.count >= 4_096 { recorders.removeAll() }
        recorders[person ?? ""] = made
        return made
    }

    private func emit(
        _ place: String, _ verdict: FactOutcome.Verdict, notes: [FeedRejection] = [], source: JSONValue = .null
    ) {
        onOutcome(
            FactOutcome(
                index: index, place: place, type: mapping.name.isEmpty ? "mapped" : mapping.name, verdict: verdict,
                notes: notes, source: PHI(source)))
        index += 1
    }
}

extension FeedMapping {
    /// The fields that the mapping names, in order.
    var fields: [String] {
        var sources: [Source?] = [person, record, device, time.source, end?.source]
        for observation in observations {
            sources += [observation.value, observation.unit]
            if case .lookup(let name, _) = observation.code { sources.append(.field(name)) }
        }
        var names: [String] = []
        for case .field(let name)? in sources where !names.contains(name) { names.append(name) }
        return names
    }
}
