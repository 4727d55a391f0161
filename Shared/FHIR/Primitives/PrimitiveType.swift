import JSONDocument

/// The primitive types of R4.
enum PrimitiveType: String, Sendable {
    case base64Binary, boolean, canonical, code, date, dateTime, decimal, id, instant, integer, markdown, oid,
        positiveInt
    case string, time, unsignedInt, uri, url, uuid, xhtml

    /// Why a value is none of the type; nil when it is one.
    enum Fault: String {
        case needsBoolean = "must be true or false without quotes"
        case needsNumber = "must be a number without quotes"
        case needsString = "must be a string"
        case isEmpty = "must not be empty"
        case outOfRange = "is out of the type's range"
        case tooLong = "is longer than the type allows"
        case form = "does not have the form of its type"
        case calendar = "is no day of the calendar"
        case zone = "has a time, so it needs a time zone"
        case control = "holds a control character"
        case base64 = "is no base64"
    }

    /// Strings may have this many bytes.
    static let longestString = 1 << 20

    func fault(of value: JSONValue) -> Fault? {
        switch self {
        case .boolean:
            if case .bool = value { return nil }
            return .needsBoolean
        case .integer, .positiveInt, .unsignedInt, .decimal:
            guard case .number(let number) = value else { return .needsNumber }
            return numberFault(number.text)
        default:
            guard case .string(var text) = value else { return .needsString }
            return text.withUTF8 { textFault($0) }
        }
    }

    private func numberFault(_ text: String) -> Fault? {
        if self == .decimal { return nil }  // JSON's own grammar is that of the type.
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard digits.utf8.allSatisfy(\.isDigit) else { return .form }
        guard let value = Int64(text) else { return .outOfRange }
        let least: Int64 =
            switch self {
            case .positiveInt: 1
            case .unsignedInt: 0
            default: Int64(Int32.min)
            }
        return (least...Int64(Int32.max)).contains(value) ? nil : .outOfRange
    }

    private func textFault(_ text: UnsafeBufferPointer<UInt8>) -> Fault? {
        guard !text.isEmpty else { return .isEmpty }
        switch self {
        case .string, .markdown, .xhtml:
            guard text.count <= Self.longestString || self == .xhtml else { return .tooLong }
            for byte in text where byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D { return .control }
            return nil
        case .code: return PrimitiveForm.isCode(text) ? nil : .form
        case .id:
            guard text.count <= 64 else { return .tooLong }
            return text.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
                ? nil : .form
        case .uri, .url, .canonical: return PrimitiveForm.isURI(text) ? nil : .form
        case .oid: return PrimitiveForm.isOID(text) ? nil : .form
        case .uuid: return PrimitiveForm.isUUID(text, isLowerCase: true) ? nil : .form
        case .base64Binary: return PrimitiveForm.decodedLength(base64: text) == nil ? .base64 : nil
        case .date: return PrimitiveDate.fault(text, allowsTime: false, needsTime: false)
        case .dateTime: return PrimitiveDate.fault(text, allowsTime: true, needsTime: false)
        case .instant: return PrimitiveDate.fault(text, allowsTime: true, needsTime: true)
        case .time: return PrimitiveDate.isTime(text) ? nil : .form
        case .boolean, .integer, .positiveInt, .unsignedInt, .decimal: return .form
        }
    }

    /// The value that XML's text stands for in JSON.
    func jsonValue(ofXML text: String) -> JSONValue {
        switch self {
        case .boolean: text == "true" ? true : text == "false" ? false : .string(text)
        case .integer, .positiveInt, .unsignedInt, .decimal: JSONNumber(text).map(JSONValue.number) ?? .string(text)
        default: .string(text)
        }
    }
}

extension UInt8 {
    var isDigit: Bool { self >= 48 && self <= 57 }
    var isLetter: Bool { (self >= 65 && self <= 90) || (self >= 97 && self <= 122) }
    var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
    var isHexadecimal: Bool { isDigit || (self >= 97 && self <= 102) || (self >= 65 && self <= 70) }
}
