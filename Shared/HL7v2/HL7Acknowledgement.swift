public import Domain

/// Acknowledgements (chapter 2, "Message control"): original mode answers AA, AE or AR; enhanced mode answers what MSH-15 (accept) and MSH-16
/// (application) ask for.
public struct HL7Acknowledgement: Sendable {
    /// How a message fared.
    public enum Result: Sendable, Equatable {
        /// Taken; durable.
        case accepted
        /// Read, and something in it was refused.
        case error
        /// Could not be read, or is of an unsupported version, processing id or form.
        case rejected
    }

    /// What was wrong, for an ERR segment.
    public struct Problem: Sendable, Equatable {
        /// The code of table 0357.
        public let condition: String
        /// The place, as ``HL7Error/path`` has it; may be empty.
        public let path: String
        /// A stable code and what would be right; no patient data.
        public let text: String
        /// Whether sending the same message again may succeed.
        public let isRetriable: Bool

        /// A problem; neither path nor text may hold patient data.
        public init(condition: String, path: String, text: String, isRetriable: Bool = false) {
            self.condition = condition
            self.path = path
            self.text = text
            self.isRetriable = isRetriable
        }

        /// The problem that `error` tells.
        public init(_ error: HL7Error) {
            self.init(
                condition: error.conditionCode, path: error.path, text: "\(error.code.rawValue): \(error.detail)")
        }
    }

    /// When a sender in enhanced mode wants an answer (table 0155).
    private enum Wish: String {
        case always = "AL"
        case never = "NE"
        case onError = "ER"
        case onSuccess = "SU"

        func covers(_ result: Result) -> Bool {
            switch self {
            case .always: true
            case .never: false
            case .onError: result != .accepted
            case .onSuccess: result == .accepted
            }
        }
    }

    /// The messages that answer `header`, in the order in which they are sent: none, one, or (enhanced, both wanted) the accept and then the
    /// application acknowledgement. Each has a control id of its own, a function of the incoming one and of `receiver`.
    ///
    /// - Parameters:
    ///   - receiver: names who answers, e.g. the service and its deployment; part of the control ids.
    ///   - problems: become ERR segments, ten at most.
    public static func messages(
        to header: HL7Header, result: Result, problems: [Problem] = [], at time: Timestamp, receiver: String
    ) -> [[UInt8]] {
        func message(_ prefix: String) -> [UInt8] {
            let letter =
                switch result {
                case .accepted: "A"
                case .error: "E"
                case .rejected: "R"
                }
            return self.message(to: header, code: prefix + letter, problems: problems, at: time, receiver: receiver)
        }
        guard header.isEnhanced else { return [message("A")] }
        // An empty wish beside a valued one stands for "never"; an unknown one is taken as "always", for an answer too many harms less.
        func wish(_ number: Int) -> Wish {
            let text = header.text(number)
            return text.isEmpty ? .never : Wish(rawValue: text) ?? .always
        }
        let wantsCommit = wish(15).covers(result)
        // After a negative accept acknowledgement no application answers.
        let wantsApplication = wish(16).covers(result) && !(wantsCommit && result != .accepted)
        return (wantsCommit ? [message("C")] : []) + (wantsApplication ? [message("A")] : [])
    }

    private static func message(
        to header: HL7Header, code: String, problems: [Problem], at time: Timestamp, receiver: String
    ) -> [UInt8] {
        let delimiters = header.delimiters
        var output: [UInt8] = Array("MSH".utf8)
        func field(_ bytes: [UInt8]) {
            output.append(delimiters.field)
            output.append(contentsOf: bytes)
        }
        func text(_ text: String) -> [UInt8] { HL7Escapes.escaped(text, delimiters) }
        let version = header.text(12)
        let knownVersion = HL7Rules.versions.contains(version) ? version : "2.5.1"
        field(delimiters.encodingCharacters)
        for number in [5, 6, 3, 4] { field(header.raw(number)) }
        field(text(HL7DateTime.text(of: time)))
        field([])
        let trigger = header.component(9, 2)
        var type = "ACK".utf8.map { $0 }
        if !trigger.isEmpty {
            type += [delimiters.component] + text(trigger)
            // The structure is a component since 2.3.1.
            if knownVersion != "2.3" { type += [delimiters.component] + "ACK".utf8 }
        }
        field(type)
        field(text(controlID(of: header, code: code, receiver: receiver)))
        field(header.raw(11).isEmpty ? text("P") : header.raw(11))
        field(header.raw(12).isEmpty || knownVersion != version ? text(knownVersion) : header.raw(12))
        // A set that is not known cannot be answered in; what is our own in the answer is ASCII.
        if !header.raw(18).isEmpty, header.hasKnownCharacterSet {
            for _ in 13...17 { field([]) }
            field(header.raw(18))
        }
        output.append(0x0D)
        output.append(contentsOf: "MSA".utf8)
        field(text(code))
        field(header.raw(10))
        let isOld = knownVersion.hasPrefix("2.3") || knownVersion.hasPrefix("2.4")
        if isOld, let first = problems.first { field(text(String(first.text.prefix(80)))) }
        output.append(0x0D)
        for problem in problems.prefix(10) {
            output.append(contentsOf: "ERR".utf8)
            HL7ErrorSegment.fields(of: problem, isOld: isOld, delimiters).forEach(field)
            output.append(0x0D)
        }
        return output
    }

    /// 20 characters (the length that all versions allow): `VS`, A or C, and 17 digits of base 32 of a hash (FNV-1a, 64 bits, twice).
    private static func controlID(of header: HL7Header, code: String, receiver: String) -> String {
        func hash(_ seed: UInt64) -> UInt64 {
            var value = seed
            for part in [header.raw(3), header.raw(4), header.raw(10), Array(receiver.utf8)] {
                for byte in part + [0] { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
            }
            return value
        }
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
        var bits = UInt128(hash(0xCBF2_9CE4_8422_2325)) << 64 | UInt128(hash(0x9E37_79B9_7F4A_7C15))
        var digits: [UInt8] = []
        for _ in 0..<17 {
            digits.append(alphabet[Int(bits & 31)])
            bits >>= 5
        }
        return "VS\(code.prefix(1))\(String(decoding: digits, as: UTF8.self))"
    }
}

/// The ERR segment: one field up to 2.4, many since 2.5.
enum HL7ErrorSegment {
    static func fields(
        of problem: HL7Acknowledgement.Problem, isOld: Bool, _ delimiters: HL7Delimiters
    ) -> [[UInt8]] {
        func join(_ parts: [String], _ delimiter: UInt8) -> [UInt8] {
            Array(parts.map { HL7Escapes.escaped($0, delimiters) }.joined(separator: [delimiter]))
        }
        let place = Place(problem.path)
        let code = [problem.condition, conditions[problem.condition] ?? "Application internal error", "HL70357"]
        if isOld {
            // ERR-1: segment id, sequence, field position, code.
            let parts = [place.segment, place.sequence, place.field].map { HL7Escapes.escaped($0, delimiters) }
            return [Array((parts + [join(code, delimiters.subcomponent)]).joined(separator: [delimiters.component]))]
        }
        // ERR-2 location, 3 code, 4 severity, 7 diagnostics, 8 message for the user.
        let location = join(
            place.component.isEmpty
                ? [place.segment, place.sequence, place.field]
                : [place.segment, place.sequence, place.field, "1", place.component], delimiters.component)
        let text = HL7Escapes.escaped(String(problem.text.prefix(250)), delimiters)
        return [
            [], place.segment.isEmpty ? [] : location, join(code, delimiters.component), Array("E".utf8), [], [], text,
        ]
    }

    /// `OBX[2]-5.1` in its parts.
    private struct Place {
        var segment = ""
        var sequence = ""
        var field = ""
        var component = ""

        init(_ path: String) {
            guard let open = path.firstIndex(of: "["), let close = path.firstIndex(of: "]"), open < close else {
                segment = path.utf8.count == 3 ? path : ""
                sequence = segment.isEmpty ? "" : "1"
                return
            }
            segment = String(path[..<open].suffix(3))
            sequence = String(path[path.index(after: open)..<close])
            let rest = path[path.index(after: close)...].drop { $0 == "-" }.split(separator: ".")
            field = rest.first.map(String.init) ?? ""
            component = rest.count > 1 ? String(rest[1]) : ""
        }
    }

    private static let conditions = [
        "100": "Segment sequence error", "101": "Required field missing", "102": "Data type error",
        "103": "Table value not found", "200": "Unsupported message type", "201": "Unsupported event code",
        "202": "Unsupported processing id", "203": "Unsupported version id", "204": "Unknown key identifier",
        "205": "Duplicate key identifier", "206": "Application record locked", "207": "Application internal error",
    ]
}
