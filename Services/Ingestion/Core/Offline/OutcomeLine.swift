import JSONDocument

/// The outcome of a record as a line of JSON: `{"file","index","outcome","type","code","place","message","facts"}`. No value of the record is shown.
public enum OutcomeLine {
    /// The line, without its end.
    public static func text(_ outcome: FactOutcome, file: String, index: Int) -> String {
        var line: JSONObject = [
            "file": .string(file), "index": .number(JSONNumber(Int64(index))),
            "outcome": .string(outcome.verdict.word), "type": .string(outcome.type),
            "code": .string(outcome.reason?.code ?? ""), "place": .string(outcome.reason?.place ?? outcome.place),
            "message": .string(outcome.reason?.detail ?? ""),
            "facts": .number(JSONNumber(Int64(outcome.facts.count))),
        ]
        if !outcome.notes.isEmpty {
            line["notes"] = .array(
                outcome.notes.map {
                    ["code": .string($0.code), "place": .string($0.place), "message": .string($0.detail)]
                })
        }
        return JSONValue.object(line).text()
    }
}

extension FactOutcome.Verdict {
    /// The word that senders are told: `accepted`, `quarantined` or `rejected`. (`duplicate` needs a database.)
    public var word: String {
        switch self {
        case .facts, .archived: "accepted"
        case .quarantined: "quarantined"
        case .rejected: "rejected"
        }
    }
}
