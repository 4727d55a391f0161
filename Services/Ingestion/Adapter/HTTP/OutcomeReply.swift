import Hummingbird
import JSONDocument
import StreamRuntime

/// The answer to `POST /v1/observations`: one outcome for each data point, in the submitted order.
enum OutcomeReply {
    /// 200, or 422 when every one was rejected.
    static func response(to outcomes: [ItemOutcome]) -> Response {
        var counts = ["accepted": 0, "duplicate": 0, "ignored": 0, "rejected": 0]
        let list = outcomes.enumerated().map { index, outcome -> JSONValue in
            var fields: JSONObject = ["index": .number(JSONNumber(Int64(index)))]
            let word: String
            switch outcome {
            case .accepted(let id):
                word = "accepted"
                fields["event_id"] = .string(id.description)
            case .duplicate(let id):
                word = "duplicate"
                fields["event_id"] = .string(id.description)
            case .ignored(let reason):
                word = "ignored"
                describe(reason, in: &fields)
            case .rejected(let reason):
                word = "rejected"
                describe(reason, in: &fields)
            }
            fields["outcome"] = .string(word)
            counts[word, default: 0] += 1
            return .object(fields)
        }
        var body: JSONObject = ["outcomes": .array(list)]
        for (word, count) in counts.sorted(by: { $0.key < $1.key }) { body[word] = .number(JSONNumber(Int64(count))) }
        let allRejected = !outcomes.isEmpty && counts["rejected"] == outcomes.count
        return Reply.json(.object(body), status: allRejected ? .unprocessableContent : .ok)
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
