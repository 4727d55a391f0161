/// A strict parser of RFC 8259 over one buffer. Recursion is bounded by ``JSONLimits/depth``; every read is bounds-checked.
struct JSONParser {
    /// A refusal before its line and column are known; the path grows from the inside outwards while it is thrown.
    struct Failure: Error {
        let code: JSONError.Code
        let offset: Int
        var path: [String] = []
    }

    let bytes: UnsafeBufferPointer<UInt8>
    private let limits: JSONLimits
    var position = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// The value that the whole of `bytes` writes.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes, limits: limits)
        do {
            return try parser.document()
        } catch {
            throw parser.located(error)
        }
    }

    private func located(_ failure: Failure) -> JSONError {
        var line = 1
        var lineStart = 0
        for index in 0..<min(failure.offset, bytes.count) where bytes[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        return JSONError(
            code: failure.code, operation: "parse", line: line, column: failure.offset - lineStart + 1,
            offset: failure.offset, pointer: failure.path.reversed().map { "/\($0)" }.joined())
    }

    private mutating func document() throws(Failure) -> JSONValue {
        guard bytes.count <= limits.bytes else { throw Failure(code: .sizeLimit, offset: limits.bytes) }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw Failure(code: .byteOrderMark, offset: 0)
        }
        skipSpace()
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw Failure(code: .trailingContent, offset: position) }
        return value
    }

    // MARK: - Values

    private mutating func value(depth: Int) throws(Failure) -> JSONValue {
        switch try peek() {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "-"), 48...57: return .number(try number())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: throw Failure(code: .unexpectedByte, offset: position)
        }
    }

    private mutating func object(depth: Int) throws(Failure) -> JSONValue {
        guard depth <= limits.depth else { throw Failure(code: .depthLimit, offset: position) }
        position += 1
        skipSpace()
        if try peek() == UInt8(ascii: "}") {
            position += 1
            return .object(JSONObject())
        }
        var members: [JSONObject.Member] = []
        members.reserveCapacity(4)
        var names = NameSet()
        while true {
            let keyOffset = position
            guard try peek() == UInt8(ascii: "\"") else { throw Failure(code: .unexpectedByte, offset: position) }
            let key = try string()
            guard names.insert(key, among: members) else {
                throw Failure(code: .duplicateKey, offset: keyOffset, path: [Self.shown(key)])
            }
            skipSpace()
            try expect(UInt8(ascii: ":"))
            skipSpace()
            do {
                members.append(JSONObject.Member(key: key, value: try value(depth: depth)))
            } catch {
                var failure = error
                failure.path.append(Self.shown(key))
                throw failure
            }
            skipSpace()
            if try peek() == UInt8(ascii: ",") {
                position += 1
                skipSpace()
                continue
            }
            try expect(UInt8(ascii: "}"))
            return .object(JSONObject(unique: members))
        }
    }

    private mutating func array(depth: Int) throws(Failure) -> JSONValue {
        guard depth <= limits.depth else { throw Failure(code: .depthLimit, offset: position) }
        position += 1
        skipSpace()
        if try peek() == UInt8(ascii: "]") {
            position += 1
            return .array([])
        }
        var elements: [JSONValue] = []
        while true {
            do {
                elements.append(try value(depth: depth))
            } catch {
                var failure = error
                failure.path.append(String(elements.count))
                throw failure
            }
            skipSpace()
            if try peek() == UInt8(ascii: ",") {
                position += 1
                skipSpace()
                continue
            }
            try expect(UInt8(ascii: "]"))
            return .array(elements)
        }
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(Failure) -> JSONValue {
        for index in 0..<text.utf8CodeUnitCount {
            guard try peek() == text.utf8Start[index] else { throw Failure(code: .unexpectedByte, offset: position) }
            position += 1
        }
        return value
    }

    private mutating func number() throws(Failure) -> JSONNumber {
        let start = position
        if at(UInt8(ascii: "-")) { position += 1 }
        if at(UInt8(ascii: "0")) { position += 1 } else { try digits(from: start) }
        if let next = byte, case 48...57 = next { throw Failure(code: .invalidNumber, offset: start) }
        if at(UInt8(ascii: ".")) {
            position += 1
            try digits(from: start)
        }
        if at(UInt8(ascii: "e")) || at(UInt8(ascii: "E")) {
            position += 1
            if at(UInt8(ascii: "+")) || at(UInt8(ascii: "-")) { position += 1 }
            try digits(from: start)
        }
        guard position - start <= limits.numberLength else { throw Failure(code: .numberTooLong, offset: start) }
        return JSONNumber(checked: text(start..<position))
    }

    /// Passes one or more digits.
    private mutating func digits(from start: Int) throws(Failure) {
        let first = position
        while let next = byte, case 48...57 = next { position += 1 }
        guard position > first else {
            throw Failure(code: byte == nil ? .unexpectedEnd : .invalidNumber, offset: byte == nil ? position : start)
        }
    }

    // MARK: - Bytes

    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    func at(_ expected: UInt8) -> Bool { position < bytes.count && bytes[position] == expected }

    func peek() throws(Failure) -> UInt8 {
        guard position < bytes.count else { throw Failure(code: .unexpectedEnd, offset: position) }
        return bytes[position]
    }

    private mutating func expect(_ expected: UInt8) throws(Failure) {
        guard try peek() == expected else { throw Failure(code: .unexpectedByte, offset: position) }
        position += 1
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// Bytes of `range` that are known to be ASCII.
    func text(_ range: Range<Int>) -> String {
        String(unsafeUninitializedCapacity: range.count) { buffer in
            buffer.initialize(fromContentsOf: bytes[range])
        }
    }

    /// A member's name as errors show it: other characters than those of identifiers could be data, so they are not shown.
    private static func shown(_ key: String) -> String {
        let isPlain = key.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"):
                true
            default: false
            }
        }
        return isPlain && key.utf8.count <= 64 ? key : "?"
    }
}

/// Tells whether a member's name is new: by comparison while there are few, by hash when there are many.
private struct NameSet {
    private var names: Set<String> = []

    mutating func insert(_ name: String, among members: [JSONObject.Member]) -> Bool {
        if members.count < 16 {
            for member in members where member.key == name { return false }
            return true
        }
        if names.isEmpty {
            for member in members { names.insert(member.key) }
        }
        return names.insert(name).inserted
    }
}
