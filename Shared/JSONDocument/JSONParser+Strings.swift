extension JSONParser {
    /// The string at whose opening quote the parser stands, its escapes resolved.
    mutating func string() throws(Failure) -> String {
        position += 1
        let start = position
        var isASCII = true
        while position < bytes.count {
            let next = bytes[position]
            if next == UInt8(ascii: "\"") {
                let text = isASCII ? text(start..<position) : try checkedText(start..<position)
                position += 1
                return text
            }
            if next == UInt8(ascii: "\\") { return try escapedString(start: start) }
            guard next >= 0x20 else { throw Failure(code: .controlCharacter, offset: position) }
            if next >= 0x80 { isASCII = false }
            position += 1
        }
        throw Failure(code: .unexpectedEnd, offset: position)
    }

    /// Goes on at the first backslash of a string that began at `start`.
    private mutating func escapedString(start: Int) throws(Failure) -> String {
        var unescaped: [UInt8] = []
        var runStart = start
        while position < bytes.count {
            let next = bytes[position]
            if next == UInt8(ascii: "\"") {
                try checkUTF8(runStart..<position)
                unescaped.append(contentsOf: bytes[runStart..<position])
                position += 1
                return String(decoding: unescaped, as: UTF8.self)
            }
            if next == UInt8(ascii: "\\") {
                try checkUTF8(runStart..<position)
                unescaped.append(contentsOf: bytes[runStart..<position])
                UTF8.encode(try escape()).map { unescaped.append(contentsOf: $0) }
                runStart = position
                continue
            }
            guard next >= 0x20 else { throw Failure(code: .controlCharacter, offset: position) }
            position += 1
        }
        throw Failure(code: .unexpectedEnd, offset: position)
    }

    private mutating func escape() throws(Failure) -> Unicode.Scalar {
        let start = position
        position += 1
        let kind = try peek()
        position += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw Failure(code: .invalidEscape, offset: start)
        }
        let unit = try hexQuad(from: start)
        if let scalar = Unicode.Scalar(UInt32(unit)) { return scalar }
        guard unit < 0xDC00, at(UInt8(ascii: "\\")) else { throw Failure(code: .loneSurrogate, offset: start) }
        position += 1
        guard at(UInt8(ascii: "u")) else { throw Failure(code: .loneSurrogate, offset: start) }
        position += 1
        let low = try hexQuad(from: start)
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
        else { throw Failure(code: .loneSurrogate, offset: start) }
        return scalar
    }

    private mutating func hexQuad(from start: Int) throws(Failure) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            let digit: UInt16
            switch try peek() {
            case let byte where (48...57).contains(byte): digit = UInt16(byte) - 48
            case let byte where (97...102).contains(byte): digit = UInt16(byte) - 87
            case let byte where (65...70).contains(byte): digit = UInt16(byte) - 55
            default: throw Failure(code: .invalidEscape, offset: start)
            }
            unit = unit << 4 | digit
            position += 1
        }
        return unit
    }

    private func checkedText(_ range: Range<Int>) throws(Failure) -> String {
        guard let text = String(validating: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self) else {
            throw invalidUTF8(in: range)
        }
        return text
    }

    private func checkUTF8(_ range: Range<Int>) throws(Failure) {
        guard bytes[range].contains(where: { $0 >= 0x80 }) else { return }
        _ = try checkedText(range)
    }

    /// The failure at the first byte of `range` at which no well-formed sequence begins.
    private func invalidUTF8(in range: Range<Int>) -> Failure {
        var decoder = UTF8()
        var iterator = bytes[range].makeIterator()
        var offset = range.lowerBound
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
        return Failure(code: .invalidUTF8, offset: offset)
    }
}
