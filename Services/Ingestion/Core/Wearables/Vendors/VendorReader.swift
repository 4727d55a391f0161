import Contracts
import Domain
public import JSONDocument

/// Reads the JSON of wearables' makers: files of account exports and answers of their programming interfaces.
///
/// The form is recognised by its members (Fitbit, Garmin, Withings, Google Fit, iHealth, Jawbone, Misfit, Moves, RunKeeper); a Fitbit export of
/// one number a time tells its measure in the file's name alone. An outcome for each record. None of them names the person: the context's
/// subject is. Local times are placed by the record's zone, else by the context's, else in UTC with the note `zone-assumed`.
public struct VendorReader: Sendable {
    private let context: FeedContext
    private let names: any PersonNaming

    /// A reader for one submission.
    public init(context: FeedContext, names: any PersonNaming) {
        self.context = context
        self.names = names
    }

    /// The limits on the JSON of one file: a year of heart rates by the second has a few hundred megabytes.
    public static let limits = JSONLimits(bytes: 1 << 30)

    private static let shapes: [VendorShape] = [
        fitbit, fitbitExport, garmin, garminConnect, withings, googleFit, smallVendors,
    ].flatMap { $0 }

    /// The outcomes of one file or answer; `file` is its name, which tells the measure of some exports.
    public func outcomes(of json: some Collection<UInt8>, file: String = "") -> [FactOutcome] {
        do throws(JSONError) {
            return outcomes(of: try JSONValue(parsing: json, limits: Self.limits), file: file)
        } catch {
            return [FeedDecoder.unreadable(error, index: 0, root: "")]
        }
    }

    /// The outcomes of one answer.
    public func outcomes(of answer: JSONValue, file: String = "") -> [FactOutcome] {
        let hint = Self.hint(file)
        let zone = context.timeZone.flatMap { LocalZone($0) }
        let recorder = Result { () throws(FeedRejection) in
            try ReadingRecorder(context: context, names: names, user: context.subject)
        }
        var outcomes: [FactOutcome] = []
        var recognised: String?
        for shape in Self.shapes {
            guard let found = shape.find(answer, hint) else { continue }
            recognised = recognised ?? shape.type
            for (value, place) in found {
                var record = VendorRecord(value: value, place: place, answer: answer, declaredZone: zone)
                let verdict = Self.verdict(on: &record, shape, recorder)
                outcomes.append(
                    FactOutcome(
                        index: outcomes.count, place: place, type: shape.type, verdict: verdict, notes: record.notes,
                        source: PHI(value)))
            }
        }
        guard outcomes.isEmpty else { return outcomes }
        let verdict: FactOutcome.Verdict =
            recognised != nil
            ? .archived(FeedRejection(code: "no-records", place: "$", detail: "the answer holds no record"))
            : .rejected(
                FeedRejection(
                    code: "unknown-shape", place: "$",
                    detail: "not an answer or export of a vendor that is known; a mapping file can tell what it says"))
        return [FactOutcome(index: 0, place: "$", type: recognised ?? "", verdict: verdict, source: PHI(answer))]
    }

    private static func verdict(
        on record: inout VendorRecord, _ shape: VendorShape, _ recorder: Result<ReadingRecorder, FeedRejection>
    ) -> FactOutcome.Verdict {
        do throws(FeedRejection) {
            guard record.value.object != nil else {
                throw FeedRejection(code: "wrong-type", place: record.place, detail: "must be an object")
            }
            let recorder = try recorder.get()
            try shape.read(&record)
            guard !record.readings.isEmpty else {
                return .archived(
                    record.notes.first { $0.code != "zone-assumed" }
                        ?? FeedRejection(code: "no-value", place: record.place, detail: "the record has no value"))
            }
            return .facts(
                try recorder.facts(
                    of: record.readings, record: try recorder.opaque("record", record.id),
                    device: try recorder.opaque("device", record.device)))
        } catch {
            return .rejected(
                FeedRejection(
                    code: error.code, place: error.place.isEmpty ? record.place : error.place, detail: error.detail))
        }
    }

    /// `Takeout/resting_heart_rate-2020-01-01.json.gz` gives `resting_heart_rate`.
    private static func hint(_ file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? ""
        let stem = name.split(separator: ".").first.map(String.init) ?? ""
        return String(stem.prefix { $0.isLetter || $0 == "_" }).lowercased()
    }
}
