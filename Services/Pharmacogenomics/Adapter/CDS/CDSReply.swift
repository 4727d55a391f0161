import Hummingbird
import JSONDocument
import PharmacogenomicsCore

/// Answers as JSON.
enum CDSReply {
    static func json(_ body: JSONValue, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        headers[.cacheControl] = "no-store"
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body.serialized())))
    }

    /// A refusal: code, place and what is expected there.
    static func failure(_ error: CDSError) -> Response {
        var headers: HTTPFields = [:]
        let status: HTTPResponse.Status =
            switch error.code {
            case .malformed: .badRequest
            case .unknownService: .notFound
            case .preconditionFailed: .preconditionFailed
            case .unauthorized: .unauthorized
            case .forbidden: .forbidden
            case .unsupportedMediaType: .unsupportedMediaType
            case .tooLarge: .contentTooLarge
            case .unavailable: .serviceUnavailable
            }
        if error.code == .unauthorized { headers[.wwwAuthenticate] = #"Bearer realm="vitalstream""# }
        if error.isRetriable { headers[.retryAfter] = "1" }
        return json(
            [
                "code": .string(error.code.rawValue), "place": .string(error.place), "detail": .string(error.detail),
            ], status: status, headers: headers)
    }
}
