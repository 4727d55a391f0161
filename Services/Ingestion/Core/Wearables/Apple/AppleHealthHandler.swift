import Contracts
import Domain
import JSONDocument
import XMLReader

/// Makes outcomes of the elements of an export.
final class AppleHealthHandler: XMLHandler {
    /// An element in HealthData that has begun and not ended.
    private struct Open {
        let depth: Int
        let line: Int
        let type: String
        var verdict: FactOutcome.Verdict
        var notes: [FeedRejection] = []
        var source: JSONObject
        /// The attributes of elements that are judged at their end.
        var attributes: [String: String] = [:]
        var statistics: [[String: String]] = []
        var children: [String: Int] = [:]
    }

    private let records: AppleRecords
    private let keepsSource: Bool
    private let onOutcome: (FactOutcome) -> Void
    private var open: [Open] = []
    private var depth = 0
    private var index = 0
    /// Whether nothing more is read, after a fault.
    private(set) var isEnded = false

    init(
        context: FeedContext, names: any PersonNaming, keepsSource: Bool, onOutcome: @escaping (FactOutcome) -> Void
    ) {
        records = AppleRecords(context: context, names: names)
        self.keepsSource = keepsSource
        self.onOutcome = onOutcome
    }

    /// The bytes are no XML from here on.
    func end(with error: XMLError) {
        guard !isEnded else { return }
        isEnded = true
        let place = "line \(error.line), column \(error.column)"
        emit(
            line: error.line, type: "",
            verdict: .rejected(
                FeedRejection(
                    code: error.code.rawValue, place: place,
                    detail: "not readable from here on; the records before stand")))
    }

    func startElement(_ element: XMLElement, in reader: XMLReader) {
        depth += 1
        switch depth {
        case 1:
            guard element.name == "HealthData" else {
                isEnded = true
                emit(
                    line: reader.line, type: "",
                    verdict: .rejected(
                        FeedRejection(
                            code: "not-apple-health", place: "line[\(reader.line)]",
                            detail: "the root must be HealthData, of Apple Health's export.xml")))
                return reader.stop()
            }
        case 2: begin(element, in: reader)
        case 3 where element.name == "Record": begin(element, in: reader)
        default: child(element)
        }
    }

    func endElement(_ name: XMLName, in reader: XMLReader) {
        defer { depth -= 1 }
        guard let last = open.last, last.depth == depth else { return }
        open.removeLast()
        var verdict = last.verdict
        var notes = last.notes
        if !last.attributes.isEmpty {
            (verdict, notes) = records.verdict(
                on: last.type, last.attributes, statistics: last.statistics, place: place(last.line))
        }
        for (child, count) in last.children.sorted(by: { $0.key < $1.key }) {
            guard let note = Self.note(on: child, count: count, place: place(last.line)) else { continue }
            notes.append(note)
        }
        emit(line: last.line, type: last.type, verdict: verdict, notes: notes, source: last.source)
    }

    private func place(_ line: Int) -> String { "line[\(line)]" }

    private func begin(_ element: XMLElement, in reader: XMLReader) {
        let line = reader.line
        if element.name == "Record" {
            let (type, verdict) = records.verdict(onRecord: element) { self.place(line) }
            open.append(Open(depth: depth, line: line, type: type, verdict: verdict, source: source(of: element)))
            return
        }
        var attributes: [String: String] = [:]
        for attribute in element { attributes[attribute.name.local.string] = attribute.value.string }
        if element.name == "ExportDate" {
            records.exported(attributes["value"])
            return
        }
        let type = AppleRecords.identifier(element.name.local) ?? "element"
        open.append(
            Open(
                depth: depth, line: line, type: type, verdict: AppleRecords.unmapped(type, place: place(line)),
                source: source(of: element), attributes: AppleRecords.isMapped(type) ? attributes : [:]))
    }

    private func child(_ element: XMLElement) {
        guard !open.isEmpty else { return }
        let name = AppleRecords.identifier(element.name.local) ?? "element"
        if name == "WorkoutStatistics", depth == 3 {
            // A workout has a handful; more than this is no workout.
            guard open[open.count - 1].statistics.count < 256 else { return }
            var attributes: [String: String] = [:]
            for attribute in element { attributes[attribute.name.local.string] = attribute.value.string }
            open[open.count - 1].statistics.append(attributes)
        }
        if open[open.count - 1].children.count < 64 { open[open.count - 1].children[name, default: 0] += 1 }
        guard keepsSource, name == "MetadataEntry", let key = element["key"], let value = element["value"],
            open[open.count - 1].source.count < 64
        else { return }
        open[open.count - 1].source["metadata:\(key.string)"] = .string(value.string)
    }

    /// What a record's children are when no fact is made of them. Metadata is kept with the source.
    private static func note(on child: String, count: Int, place: String) -> FeedRejection? {
        switch child {
        case "InstantaneousBeatsPerMinute":
            FeedRejection(
                code: "beats-not-mapped", place: place,
                detail: "\(count) instantaneous beats give a time of day without a date; no fact is made of them")
        case "Location", "FileReference":
            FeedRejection(code: "route-not-mapped", place: place, detail: "\(count) places of the route are not read")
        case "WorkoutEvent":
            FeedRejection(
                code: "events-not-mapped", place: place, detail: "\(count) events of the workout are not read")
        case "WorkoutActivity":
            FeedRejection(
                code: "activities-not-mapped", place: place, detail: "\(count) parts of the workout are not read")
        case "SensitivityPoint":
            FeedRejection(
                code: "points-not-mapped", place: place, detail: "\(count) points of the audiogram are not read")
        default: nil
        }
    }

    private func source(of element: XMLElement) -> JSONObject {
        guard keepsSource else { return JSONObject() }
        var object: JSONObject = ["element": .string(element.name.local.string)]
        for attribute in element { object[attribute.name.local.string] = .string(attribute.value.string) }
        return object
    }

    private func emit(
        line: Int, type: String, verdict: FactOutcome.Verdict, notes: [FeedRejection] = [], source: JSONObject? = nil
    ) {
        let source = source.map { $0.isEmpty ? JSONValue.null : .object($0) } ?? .null
        onOutcome(
            FactOutcome(
                index: index, place: place(line), type: type, verdict: verdict, notes: notes, source: PHI(source)))
        index += 1
    }
}
