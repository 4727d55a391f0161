import CPostgres

extension PostgresError {
    /// Reads the fields of a failed result that can hold no data: SQLSTATE, primary message and constraint name.
    init(result: OpaquePointer, operation: String, canceledByUs: Bool) {
        func field(_ code: Character) -> String? {
            guard let ascii = code.asciiValue, let text = PQresultErrorField(result, Int32(ascii)) else { return nil }
            return String(cString: text)
        }
        let state = field("C") ?? ""  // PG_DIAG_SQLSTATE
        let message = field("M") ?? "the server gave no message"  // PG_DIAG_MESSAGE_PRIMARY
        self.init(
            Self.code(sqlState: state, message: message, canceledByUs: canceledByUs), operation: operation,
            detail: Self.withoutValues(message, sqlState: state), sqlState: state.isEmpty ? nil : state,
            constraint: field("n"))  // PG_DIAG_CONSTRAINT_NAME
    }

    /// The connection was lost, or could not be made. libpq keeps no SQLSTATE field then, but with verbose errors it
    /// writes it after the severity: `FATAL:  28P01: password authentication failed for user "x"`.
    static func connection(_ connection: OpaquePointer?, operation: String) -> PostgresError {
        let message = connection.flatMap { PQerrorMessage($0) }.map { String(cString: $0) } ?? ""
        let lines = message.split(separator: "\n").map(String.init)
        for line in lines {
            for severity in ["FATAL:  ", "ERROR:  ", "PANIC:  "] {
                guard let range = line.firstRange(of: severity) else { continue }
                let rest = line[range.upperBound...]
                guard rest.count > 7, rest.dropFirst(5).hasPrefix(": ") else { continue }
                let state = String(rest.prefix(5))
                return PostgresError(
                    code(sqlState: state, message: "", canceledByUs: false), operation: operation,
                    detail: withoutValues(String(rest.dropFirst(7)), sqlState: state), sqlState: state)
            }
        }
        if let connection, PQconnectionNeedsPassword(connection) == 1 {
            return PostgresError(.authentication, operation: operation, detail: "the server asks for a password")
        }
        let isTLS = ["certificate", "SSL", "sslrootcert"].contains { message.contains($0) }
        return PostgresError(
            isTLS && operation == "connect" ? .tlsFailure : .connectionLost, operation: operation,
            detail: lines.first ?? "the connection is closed")
    }

    /// Maps SQLSTATE (PostgreSQL manual, appendix A) to our codes.
    static func code(sqlState: String, message: String, canceledByUs: Bool) -> Code {
        switch sqlState {
        case "23505": return .uniqueViolation
        case "23503": return .foreignKeyViolation
        case "23502": return .notNullViolation
        case "23514": return .checkViolation
        case "23P01": return .exclusionViolation
        case "40001": return .serializationFailure
        case "40P01": return .deadlock
        case "42501": return .permissionDenied
        case "55P03": return .lockTimeout
        case "3D000": return .authentication
        case "53300", "57P01", "57P02", "57P03", "57P05", "25P03": return .connectionLost
        case "57014":
            // The message is the only difference between the time-out and a cancel; a translated one counts as the
            // time-out.
            return canceledByUs || message.contains("user request") ? .queryCanceled : .timeout
        case "26000": return .stalePlan
        case "0A000" where message.hasPrefix("cached plan"): return .stalePlan
        default: break
        }
        switch sqlState.prefix(2) {
        case "08": return .connectionLost
        case "28": return .authentication
        case "42": return .syntax
        default: return .other
        }
    }

    /// Data exceptions quote the value (`invalid input syntax for type uuid: "..."`): strike out all between the outer
    /// quotes.
    static func withoutValues(_ message: String, sqlState: String) -> String {
        guard sqlState.hasPrefix("22"), let first = message.firstIndex(of: "\""), let last = message.lastIndex(of: "\"")
        else { return message }
        guard first < last else { return String(message[..<first]) + "\"…" }
        return message[...first] + "…" + message[last...]
    }
}
