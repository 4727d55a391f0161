/// The grammar of UCUM 2.2, exhibit 1, for case-sensitive codes.
///
/// Beyond the exhibit, a number may carry an annotation (`1{score}`), as the functional tests of UCUM demand and tables of common units do.
struct UCUMParser {
    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0

    static let lengthLimit = 512
    static let depthLimit = 32
    static let exponentDigitLimit = 4

    private let table: UCUMTable

    init(_ text: String, table: UCUMTable = .standard) {
        bytes = Array(text.utf8.prefix(Self.lengthLimit + 1))
        self.table = table
    }

    /// The whole text.
    mutating func unit() throws(UCUMError) -> UCUMUnit {
        guard !bytes.isEmpty, bytes.count <= Self.lengthLimit else { throw failure(.size) }
        var parts: [UCUMUnit.Part] = []
        if next == UInt8(ascii: "/") {
            place += 1
            parts.append(UCUMUnit.Part(divides: true, component: try component()))
        }
        parts = try term(after: parts)
        guard place == bytes.count else { throw failure(.syntax) }
        return UCUMUnit(parts: parts)
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private func failure(_ code: UCUMError.Code) -> UCUMError { UCUMError(code, "parsing a unit", at: place) }

    private mutating func term(after first: [UCUMUnit.Part]) throws(UCUMError) -> [UCUMUnit.Part] {
        var parts = first
        if parts.isEmpty { parts.append(UCUMUnit.Part(divides: false, component: try component())) }
        while let sign = next, sign == UInt8(ascii: ".") || sign == UInt8(ascii: "/") {
            place += 1
            parts.append(UCUMUnit.Part(divides: sign == UInt8(ascii: "/"), component: try component()))
        }
        return parts
    }

    private mutating func component() throws(UCUMError) -> UCUMUnit.Component {
        switch next {
        case UInt8(ascii: "("):
            guard depth < Self.depthLimit else { throw failure(.size) }
            depth += 1
            place += 1
            let parts = try term(after: [])
            guard next == UInt8(ascii: ")") else { throw failure(.syntax) }
            place += 1
            depth -= 1
            return .group(UCUMUnit(parts: parts))
        case UInt8(ascii: "{"):
            return .annotation(try requiredAnnotation())
        case .some(let byte) where Self.isDigit(byte) && !startsPowerOfTen:
            let digits = takeDigits().drop { $0 == UInt8(ascii: "0") }
            return .number(
                digits.isEmpty ? "0" : String(decoding: digits, as: UTF8.self), annotation: try annotation())
        default:
            return try atom()
        }
    }

    /// `10*` and `10^` are atoms.
    private var startsPowerOfTen: Bool {
        bytes[place...].starts(with: "10*".utf8) || bytes[place...].starts(with: "10^".utf8)
    }

    private mutating func atom() throws(UCUMError) -> UCUMUnit.Component {
        let start = place
        if startsPowerOfTen {
            place += 3
        } else {
            while let byte = next, Self.isSymbol(byte) {
                guard byte == UInt8(ascii: "[") else {
                    place += 1
                    continue
                }
                // What stands in brackets belongs to the symbol, whatever it is.
                guard let end = bytes[place...].firstIndex(of: UInt8(ascii: "]")),
                    bytes[place..<end].allSatisfy({ (33...126).contains($0) })
                else { throw failure(.syntax) }
                place = end + 1
            }
        }
        guard place > start else { throw failure(.syntax) }
        let symbol = String(decoding: bytes[start..<place], as: UTF8.self)
        guard let (prefix, code) = table.split(symbol: symbol) else {
            throw UCUMError(.unknown, "parsing a unit", at: start)
        }
        return .atom(prefix: prefix, code: code, exponent: try exponent(), annotation: try annotation())
    }

    /// The exponent that follows a symbol; 1 is the same as none.
    private mutating func exponent() throws(UCUMError) -> Int? {
        let sign = next
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { place += 1 }
        let digits = takeDigits()
        if digits.isEmpty {
            guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
            throw failure(.syntax)
        }
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        guard significant.count <= Self.exponentDigitLimit else { throw failure(.range) }
        let value = significant.reduce(0) { $0 * 10 + Int($1 - 48) }
        return value == 1 && sign != UInt8(ascii: "-") ? nil : sign == UInt8(ascii: "-") ? -value : value
    }

    private mutating func annotation() throws(UCUMError) -> String? {
        next == UInt8(ascii: "{") ? try requiredAnnotation() : nil
    }

    private mutating func requiredAnnotation() throws(UCUMError) -> String {
        guard let end = bytes[place...].firstIndex(of: UInt8(ascii: "}")) else { throw failure(.syntax) }
        let content = bytes[(place + 1)..<end]
        guard content.allSatisfy({ (33...126).contains($0) && $0 != UInt8(ascii: "{") }) else {
            throw failure(.syntax)
        }
        place = end + 1
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func takeDigits() -> ArraySlice<UInt8> {
        let start = place
        while let byte = next, Self.isDigit(byte) { place += 1 }
        return bytes[start..<place]
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// Whether the byte may be part of a symbol outside of brackets (section 2.1): 33 to 126 without digits and signs.
    private static func isSymbol(_ byte: UInt8) -> Bool {
        (33...126).contains(byte) && !isDigit(byte) && !"\"()+-./=]{}".utf8.contains(byte)
    }
}
