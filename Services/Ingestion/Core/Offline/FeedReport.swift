import Contracts
public import Domain
import JSONDocument

/// The offline face of Ingestion: what would become of a file, as JSON lines, by exactly the code that runs live.
///
/// The lines are `{"file","index","outcome","type","code","place","message","facts"}`; no value of the file is shown.
public struct FeedReport: Sendable {
    /// How a file is read.
    public enum Format: String, Sendable, CaseIterable {
        /// FHIR R4 when the root has a resourceType, else Open mHealth.
        case auto
        /// FHIR R4 JSON.
        case fhir
        /// Open mHealth: a data point or an array of them.
        case omh
        /// Open mHealth, one data point a line.
        case omhLines = "omh-ndjson"
    }

    /// One line for each submitted resource or data point, in order.
    public let lines: [String]
    /// How many were refused.
    public let rejected: Int

    /// The report on `json`, the contents of `file`, as if it were received at `receivedAt`.
    public init(file: String, json: [UInt8], format: Format, receivedAt: Timestamp) {
        let decoder = FeedDecoder(
            context: FeedContext(source: "offline", receivedAt: receivedAt), names: UnkeyedNames())
        let outcomes: [FactOutcome]
        switch format {
        case .fhir: outcomes = decoder.fhir(json)
        case .omh: outcomes = decoder.openMHealth(json)
        case .omhLines: outcomes = decoder.openMHealth(lines: json)
        case .auto:
            do {
                let value = try JSONValue(parsing: json, limits: FeedDecoder.limits)
                outcomes = value["resourceType"] != nil ? decoder.fhir(value) : decoder.openMHealth(value)
            } catch {
                outcomes = [FeedDecoder.unreadable(error, index: 0, root: "")]
            }
        }
        var rejected = 0
        lines = outcomes.map { outcome in
            var line: JSONObject = ["file": .string(file), "index": .number(JSONNumber(Int64(outcome.index)))]
            switch outcome.verdict {
            case .facts: line["outcome"] = "accepted"
            case .ignored: line["outcome"] = "ignored"
            case .rejected:
                line["outcome"] = "rejected"
                rejected += 1
            }
            line["type"] = .string(outcome.type)
            line["code"] = .string(outcome.reason?.code ?? "")
            line["place"] = .string(outcome.reason?.place ?? outcome.place)
            line["message"] = .string(outcome.reason?.detail ?? "")
            line["facts"] = .number(JSONNumber(Int64(outcome.facts.count)))
            return JSONValue.object(line).text()
        }
        self.rejected = rejected
    }
}

/// Names for a report that leaves no name behind: hashes without a key, never shown.
private struct UnkeyedNames: PersonNaming {
    func pseudonym(of person: PatientIdentifier) throws -> PatientPseudonym {
        let identifier = person.reveal()
        guard let name = PatientPseudonym("p0.\(EventID.hashing("offline", identifier.system, identifier.value))")
        else {
            throw FeedRejection(code: "pseudonym-failed", place: "", detail: "")
        }
        return name
    }

    func opaqueName(of record: PHI<SubjectIdentifier>) throws -> String {
        "h0.\(EventID.hashing("offline", record.reveal().system, record.reveal().value))"
    }
}
