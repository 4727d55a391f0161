import Hummingbird
import JSONDocument
import StreamRuntime

/// The answer to a submission that is not FHIR: one outcome for each record, in the submitted order.
enum OutcomeReply {
    /// 200, 202 when everything is held back, or 422 when every record was rejected.
    static func response(to outcomes: [ItemOutcome]) -> Response {
        var counts = ["accepted": 0, "duplicate": 0, "quarantined": 0, "rejected": 0]
        let list = outcomes.enumerated().map { index, outcome -> JSONValue in
            let (word, fields) = described(outcome, index: index)
            counts[word, default: 0] += 1
            return fields
        }
        var body: JSONObject = ["outcomes": .array(list)]
        for (word, count) in counts.sorted(by: { $0.key < $1.key }) { body[word] = .number(JSONNumber(Int64(count))) }
        let status: HTTPResponse.Status =
            switch outcomes.count {
            case 0: .ok
            case counts["rejected"]: .unprocessableContent
            case counts["quarantined"]: .accepted
            default: .ok
            }
        return Reply.json(.object(body), status: status)
    }

    /// The answer to a long submission: every record is counted, those not plainly taken are listed.
    static func response(to tally: LongSubmission.Tally) -> Response {
        var body: JSONObject = [
            "records": .number(JSONNumber(Int64(tally.records))), "outcomes": .array(tally.outcomes),
        ]
        for (word, count) in tally.counts.sorted(by: { $0.key < $1.key }) {
            body[word] = .number(JSONNumber(Int64(count)))
        }
        return Reply.json(.object(body), status: .ok)
    }

    /// The public word of an outcome, and its line in an answer.
    static func described(_ outcome: ItemOutcome, index: Int) -> (word: String, fields: JSONValue) {
        var fields: JSONObject = ["index": .number(JSONNumber(Int64(index)))]
        let word: String
        switch outcome {
        case .accepted(let id):
            word = "accepted"
            fields["event_id"] = .string(id.description)
        case .duplicate(let id):
            word = "duplicate"
            fields["event_id"] = .string(id.description)
        case .remarked(let id, let remarks):
            word = "accepted"
            fields["event_id"] = .string(id.description)
            if let first = remarks.first { describe(first, in: &fields) }
            if remarks.count > 1 { fields["notes"] = list(remarks.dropFirst()) }
        case .quarantined(let id, let reason):
            word = "quarantined"
            fields["event_id"] = .string(id.description)
            describe(reason, in: &fields)
        case .ignored(let reason):
            word = "accepted"
            describe(reason, in: &fields)
        case .rejected(let reason):
            word = "rejected"
            describe(reason, in: &fields)
            if !reason.others.isEmpty { fields["others"] = list(reason.others) }
        }
        fields["outcome"] = .string(word)
        return (word, .object(fields))
    }

    private static func list(_ reasons: some Sequence<Rejection>) -> JSONValue {
        .array(
            reasons.map { reason in
                var fields: JSONObject = [:]
                describe(reason, in: &fields)
                return .object(fields)
            })
    }

    static func failure(_ error: IngestionError) -> Response {
        let code = error.code == .malformed ? error.operation : error.code.rawValue
        return Reply.json(
            [
                "code": .string(code), "place": .string(error.code == .malformed ? error.detail : ""),
                "detail": .string(error.detail),
            ],
            status: Reply.status(of: error), retryAfter: error.isRetriable)
    }

    private static func describe(_ reason: Rejection, in fields: inout JSONObject) {
        fields["code"] = .string(reason.code)
        fields["place"] = .string(reason.place)
        fields["detail"] = .string(reason.detail)
    }
}

/// What both kinds of answer share.
enum Reply {
    static func status(of error: IngestionError) -> HTTPResponse.Status {
        switch error.code {
        case .unavailable: .serviceUnavailable
        case .bodyTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .decompression: .contentTooLarge
        case .unknownFormat: .notFound
        case .malformed: .badRequest
        case .configuration: .internalServerError
        }
    }

    static func json(
        _ body: JSONValue, status: HTTPResponse.Status, type: String = "application/json", retryAfter: Bool = false
    ) -> Response {
        var headers: HTTPFields = [.contentType: type]
        if retryAfter { headers[.retryAfter] = "1" }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body.serialized())))
    }
}
