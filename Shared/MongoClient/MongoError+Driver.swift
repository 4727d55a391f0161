import CMongo

extension MongoError {
    /// Maps libmongoc's error. Texts of the driver itself (server selection, streams, TLS) are kept; texts of the
    /// server are not.
    init(_ error: bson_error_t, operation: String) {
        let number = Int(error.code)
        switch error.domain {
        case UInt32(MONGOC_ERROR_SERVER_SELECTION.rawValue), UInt32(MONGOC_ERROR_STREAM.rawValue):
            let text = Self.text(error)
            let isTLS = ["TLS", "certificate", "handshake failed"].contains { text.contains($0) }
            self.init(isTLS ? .authentication : .connectionLost, operation: operation, detail: text)
        case UInt32(MONGOC_ERROR_CLIENT.rawValue) where error.code == UInt32(MONGOC_ERROR_CLIENT_AUTHENTICATE.rawValue):
            self.init(.authentication, operation: operation, detail: "the server refused the credentials")
        case UInt32(MONGOC_ERROR_BSON.rawValue):
            self.init(.invalidDocument, operation: operation, detail: "the document is too large or malformed")
        case UInt32(MONGOC_ERROR_COMMAND.rawValue)
        where error.code == UInt32(MONGOC_ERROR_COMMAND_INVALID_ARG.rawValue),
            UInt32(MONGOC_ERROR_CLIENT.rawValue), UInt32(MONGOC_ERROR_CURSOR.rawValue),
            UInt32(MONGOC_ERROR_PROTOCOL.rawValue):
            self.init(
                .other, operation: operation, detail: "libmongoc refused the call (domain \(error.domain), \(number))")
        default:
            self = .server(number, operation: operation)
        }
    }

    /// An error that the server reported by number (MongoDB's `error_codes.yml`).
    static func server(_ number: Int, operation: String) -> MongoError {
        let (code, name): (Code, String) =
            switch number {
            case 11000, 11001: (.duplicateKey, "DuplicateKey")
            case 13: (.permissionDenied, "Unauthorized")
            case 18: (.authentication, "AuthenticationFailed")
            case 50: (.timeout, "MaxTimeMSExpired")
            case 64, 100: (.writeConcern, "WriteConcernFailed")
            case 10334: (.documentTooLarge, "BSONObjectTooLarge")
            case 66: (.invalidDocument, "ImmutableField")
            case 9: (.invalidDocument, "FailedToParse")
            case 6, 7, 89, 91, 189, 9001, 10107, 11600, 11602, 13435, 13436:
                (.connectionLost, "the server is not available")
            case let other: (.other, "the server answered with error \(other)")
            }
        return MongoError(code, operation: operation, detail: name, serverCode: number)
    }

    private static func text(_ error: bson_error_t) -> String {
        var error = error
        return withUnsafeBytes(of: &error.message) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
