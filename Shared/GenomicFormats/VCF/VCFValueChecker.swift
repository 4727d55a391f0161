/// Why a list of values does not fit its definition.
enum VCFValueFault: Error {
    case empty
    case type(VCFDefinition.ValueType)
    case negative
    case range

    var detail: String {
        switch self {
        case .empty: "a value is empty"
        case .type(.integer): "must be a whole number of 32 bits"
        case .type(.float): "must be a number"
        case .type(.flag): "a flag has no value"
        case .type(.character): "must be one character"
        case .type(.string): "must be text"
        case .negative: "must not be negative"
        case .range: "must lie between 0 and 1"
        }
    }
}

/// How the values of a field are judged.
struct VCFValueRule {
    var type: VCFDefinition.ValueType?
    var isNonNegative = false
    var isProbability = false
    /// As of 4.5 a list may have no values at all.
    var allowsEmpty = false

    /// Counts the values and judges each; dots are missing values of any type.
    @inline(__always)
    func count(_ bytes: UnsafeRawBufferPointer, _ range: ByteRange) throws(VCFValueFault) -> Int {
        var count = 0
        var start = range.start
        while true {
            var end = start
            while end < range.end, bytes[end] != UInt8(ascii: ",") { end += 1 }
            try check(bytes, ByteRange(start: start, end: end))
            count += 1
            guard end < range.end else { return count }
            start = end + 1
        }
    }

    @inline(__always)
    private func check(_ bytes: UnsafeRawBufferPointer, _ value: ByteRange) throws(VCFValueFault) {
        guard !value.isEmpty else {
            if allowsEmpty { return }
            throw .empty
        }
        if bytes.isMissing(value) { return }
        switch type {
        case nil, .string: return
        case .integer:
            guard let number = bytes.integer(value), number >= -2_147_483_640, number <= 2_147_483_647 else {
                throw .type(.integer)
            }
            guard number >= 0 || !isNonNegative else { throw .negative }
        case .float:
            guard bytes.isFloat(value) else { throw .type(.float) }
            if isProbability, let number = bytes.double(value), !(number >= 0 && number <= 1) { throw .range }
        case .flag:
            guard value.count == 1, bytes[value.start] == UInt8(ascii: "0") || bytes[value.start] == UInt8(ascii: "1")
            else { throw .type(.flag) }
        case .character:
            guard value.count == 1 || bytes.text(value).unicodeScalars.count == 1 || isPercentEncoded(bytes, value)
            else { throw .type(.character) }
        }
    }

    private func isPercentEncoded(_ bytes: UnsafeRawBufferPointer, _ value: ByteRange) -> Bool {
        value.count == 3 && bytes[value.start] == UInt8(ascii: "%")
    }
}
