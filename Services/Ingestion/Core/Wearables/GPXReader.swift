import Domain
import JSONDocument
import XMLReader

/// Reads GPX 1.0 and 1.1 tracks as they arrive: an outcome for each track point, with heart rate, cadence, power, temperatures and speed of
/// Garmin's and others' TrackPointExtension. Places on earth are not made facts.
///
/// A point without a time, or with none of these, is archived. Times have their zone; those without are the context's, or UTC with a note.
public final class GPXReader {
    private let handler: GPXHandler
    private let reader: XMLReader?

    /// A reader of one file. The context's subject is the person.
    public init(context: FeedContext, names: any PersonNaming, onOutcome: @escaping (FactOutcome) -> Void) {
        handler = GPXHandler(context: context, names: names, onOutcome: onOutcome)
        do throws(XMLError) {
            reader = try XMLReader(handler: handler, resolvesNamespaces: true)
        } catch {
            reader = nil
            handler.end(with: error)
        }
    }

    /// The next bytes of the file.
    public func read(_ bytes: some Collection<UInt8>) {
        guard let reader, !handler.isEnded else { return }
        do throws(XMLError) { try reader.parse(bytes) } catch { handler.end(with: error) }
    }

    /// The file is at its end.
    public func finish() {
        guard let reader, !handler.isEnded else { return }
        do throws(XMLError) { try reader.finish() } catch { handler.end(with: error) }
    }
}

/// Makes outcomes of track points.
private final class GPXHandler: XMLHandler {
    private let recorder: Result<ReadingRecorder, FeedRejection>
    private let zone: LocalZone?
    private let onOutcome: (FactOutcome) -> Void
    private var depth = 0
    private var index = 0
    private var point: (line: Int, depth: Int, values: JSONObject)?
    private var text = ""
    private var device = ""
    private(set) var isEnded = false

    private static let fields: [String: (CodedConcept, String)] = [
        "hr": (.heartRate, "/min"), "heartrate": (.heartRate, "/min"), "cad": (.cadence, "/min"),
        "cadence": (.cadence, "/min"), "atemp": (.ambientTemperature, "Cel"),
        "wtemp": (.openMHealth("water-temperature", "Temperature of the water"), "Cel"), "speed": (.speed, "m/s"),
        "power": (.openMHealth("power", "Power"), "W"), "PowerInWatts": (.openMHealth("power", "Power"), "W"),
    ]

    init(context: FeedContext, names: any PersonNaming, onOutcome: @escaping (FactOutcome) -> Void) {
        recorder = Result { () throws(FeedRejection) in
            try ReadingRecorder(context: context, names: names, user: context.subject)
        }
        zone = context.timeZone.flatMap { LocalZone($0) }
        self.onOutcome = onOutcome
    }

    func end(with error: XMLError) {
        guard !isEnded else { return }
        isEnded = true
        let rejection = FeedRejection(
            code: error.code.rawValue, place: "line \(error.line), column \(error.column)",
            detail: "not readable from here on; the points before stand")
        emit(line: error.line, type: "", .rejected(rejection), [], .null)
    }

    func startElement(_ element: XMLElement, in reader: XMLReader) {
        depth += 1
        text = ""
        if depth == 1 {
            guard element.name == "gpx" else {
                isEnded = true
                let rejection = FeedRejection(
                    code: "not-gpx", place: "line[\(reader.line)]", detail: "the root must be gpx")
                emit(line: reader.line, type: "", .rejected(rejection), [], .null)
                return reader.stop()
            }
            device = element["creator"].map(\.string) ?? ""
        } else if point == nil, element.name == "trkpt" {
            point = (reader.line, depth, JSONObject())
        }
    }

    func text(_ text: XMLBytes, in reader: XMLReader) {
        if point != nil, self.text.utf8.count < 256 { self.text += text.string }
    }

    func endElement(_ name: XMLName, in reader: XMLReader) {
        defer { depth -= 1 }
        guard let point else { return }
        if depth == point.depth {
            self.point = nil
            var notes: [FeedRejection] = []
            let verdict = verdict(on: point.values, place: "line[\(point.line)]", &notes)
            emit(line: point.line, type: "gpx/trkpt", verdict, notes, .object(point.values))
            return
        }
        let key = name.local.string
        guard key == "time" || Self.fields[key] != nil, point.values.count < 16 else { return }
        self.point?.values[key] = .string(text.filter { !$0.isWhitespace })
    }

    private func verdict(on values: JSONObject, place: String, _ notes: inout [FeedRejection]) -> FactOutcome.Verdict {
        do throws(FeedRejection) {
            let recorder = try recorder.get()
            let told = values.members.filter { $0.key != "time" }
            guard !told.isEmpty else {
                return .archived(FeedRejection(code: "no-value", place: place, detail: "the point tells a place alone"))
            }
            guard let text = values["time"]?.string else {
                throw FeedRejection(code: "effective-missing", place: place, detail: "the point has no time")
            }
            guard let wall = TimePattern.iso8601.wallTime(text) else {
                throw FeedRejection(code: "invalid-time", place: place, detail: "must be a time of ISO 8601")
            }
            if wall.offset == nil, zone == nil { notes.append(.zoneAssumed(place: place)) }
            let time = (zone ?? .utc).time(of: wall)
            var readings: [Reading] = []
            for member in told {
                guard let (concept, unit) = Self.fields[member.key], let number = member.value.string else { continue }
                readings.append(.quantity(concept, number, unit, start: time, place: "\(place).\(member.key)"))
            }
            return .facts(try recorder.facts(of: readings, device: try recorder.opaque("device", device)))
        } catch {
            let place = error.place.isEmpty ? place : error.place
            return .rejected(FeedRejection(code: error.code, place: place, detail: error.detail))
        }
    }

    private func emit(
        line: Int, type: String, _ verdict: FactOutcome.Verdict, _ notes: [FeedRejection], _ source: JSONValue
    ) {
        onOutcome(
            FactOutcome(
                index: index, place: "line[\(line)]", type: type, verdict: verdict, notes: notes, source: PHI(source)))
        index += 1
    }
}
